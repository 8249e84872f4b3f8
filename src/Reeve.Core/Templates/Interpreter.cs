using System.Text;
using Reeve.Core.Templates.Filters;
using Reeve.Core.Templates.Syntax;
using Reeve.Core.Templates.Values;

namespace Reeve.Core.Templates;

/// <summary>Renders one tree once; this half runs statements.</summary>
internal sealed partial class Interpreter(
    IReadOnlyDictionary<string, object?> context, IReadOnlyDictionary<string, Func<object?, object?>>? extraFilters, TimeProvider clock)
{
    private StringBuilder _output = new();
    private Scope _scope = new(null);
    private Scope? _root;
    private int _steps;
    private int _depth;

    public TimeProvider Clock { get; } = clock;

    public string Render(TemplateTree tree)
    {
        foreach (var (isTest, name) in tree.UsedFilters)
        {
            if (isTest ? !TestCatalogue.Contains(name) : !HasFilter(name))
                throw new TemplateRenderException("TemplateAssertionError", $"No {(isTest ? "test" : "filter")} named '{name}'.");
        }

        _root = _scope;
        Run(tree.Body);
        return _output.ToString();
    }

    /// <summary>Counts work; a template that would go on for ever ends here.</summary>
    public void Step(int count = 1)
    {
        if ((_steps += count) > TemplateLimits.Steps)
            throw TemplateRenderException.Overflow($"Too much work. Templates can take no more than {TemplateLimits.Steps} steps.");
    }

    private void Run(List<Statement> body)
    {
        foreach (var statement in body)
        {
            Step();
            Run(statement);
        }
    }

    private void Run(Statement statement)
    {
        switch (statement)
        {
            case DataStatement data: Write(data.Text); break;
            case OutputStatement output: Write(Operations.Text(Evaluate(output.Value))); break;
            case IfStatement condition: If(condition); break;
            case ForStatement loop: For(loop, Evaluate(loop.Items), 1); break;
            case SetStatement set: Assign(set.Target, Evaluate(set.Value)); break;
            case SetBlockStatement set:
                var text = Captured(() => InScope(set.Body));
                Assign(set.Target, set.Filter is null ? text : Filtered(set.Filter, text));
                break;
            case WithStatement with: With(with); break;
            case FilterStatement filter: Write(Operations.Text(Filtered(filter.Filter, Captured(() => InScope(filter.Body))))); break;
            case ScopeStatement scope: InScope(scope.Body); break;
            case BlockStatement block: Block(block); break;
            case MacroStatement macro: _scope.Set(macro.Name, Macro(macro.Name, macro.Signature, macro.Body)); break;
            case CallStatement call: Write(Operations.Text(CallWith(call))); break;
            case LoaderStatement: throw TemplateRenderException.Type("no loader for this environment specified");
        }
    }

    private void Write(string text)
    {
        if (_output.Length + text.Length > TemplateLimits.Characters)
            Operations.Bounded(new string(' ', TemplateLimits.Characters + 1));
        _output.Append(text);
    }

    private string Captured(Action run)
    {
        var outer = _output;
        _output = new StringBuilder();
        try
        {
            run();
            return _output.ToString();
        }
        finally
        {
            _output = outer;
        }
    }

    private void InScope(List<Statement> body, Scope? outer = null)
    {
        var before = _scope;
        _scope = new Scope(outer ?? before);
        try
        {
            Run(body);
        }
        finally
        {
            _scope = before;
        }
    }

    private void If(IfStatement condition)
    {
        foreach (var (test, body) in condition.Branches)
        {
            if (!Operations.IsTrue(Evaluate(test)))
                continue;
            Run(body);
            return;
        }

        Run(condition.Else);
    }

    private void For(ForStatement loop, object? iterable, int depth)
    {
        if (depth > TemplateLimits.CallDepth)
            throw new TemplateRenderException("RecursionError", "maximum recursion depth exceeded");
        var items = Selected(loop, Operations.Iterate(iterable));
        if (items.Count == 0)
        {
            InScope(loop.Else);
            return;
        }

        var before = _scope;
        var state = new Loop(items, depth, loop.Recursive ? inner => Captured(() => Within(before, () => For(loop, inner, depth + 1))) : null);
        try
        {
            for (var i = 0; i < items.Count; i++)
            {
                Step();
                state.Index = i;
                _scope = new Scope(before);
                _scope.Set("loop", state);
                Assign(loop.Target, items[i]);
                Run(loop.Body);
            }
        }
        finally
        {
            _scope = before;
        }
    }

    private void Within(Scope scope, Action run)
    {
        var before = _scope;
        _scope = scope;
        try
        {
            run();
        }
        finally
        {
            _scope = before;
        }
    }

    private IReadOnlyList<object?> Selected(ForStatement loop, IReadOnlyList<object?> items)
    {
        if (loop.Test is null)
            return items;
        var kept = new List<object?>();
        var before = _scope;
        foreach (var item in items)
        {
            Step();
            Within(new Scope(before), () =>
            {
                Assign(loop.Target, item);
                if (Operations.IsTrue(Evaluate(loop.Test)))
                    kept.Add(item);
            });
        }

        return kept;
    }

    private void With(WithStatement with)
    {
        var values = with.Items.ConvertAll(item => Evaluate(item.Value));
        var before = _scope;
        Within(new Scope(before), () =>
        {
            for (var i = 0; i < values.Count; i++)
                Assign(with.Items[i].Target, values[i]);
            Run(with.Body);
        });
    }

    private void Block(BlockStatement block)
    {
        if (block.Required)
            throw new TemplateRenderException("TemplateRuntimeError", $"Required block '{block.Name}' not found");
        // A block sees what the whole template has set, not the loop it stands in.
        InScope(block.Body, block.Scoped ? null : _root);
    }

    private void Assign(Expression target, object? value)
    {
        switch (target)
        {
            case NameExpression name:
                _scope.Set(name.Name, value);
                break;
            case NamespaceTarget space:
                if (Lookup(space.Name) is not Namespace target1)
                    throw new TemplateRenderException("TemplateRuntimeError", "cannot assign attribute on non-namespace object");
                target1.Attributes[space.Attribute] = value;
                break;
            case TupleExpression tuple:
                var items = value is Undefined undefined ? throw undefined.Error()
                    : Operations.Items(value) ?? throw TemplateRenderException.Type($"cannot unpack non-iterable {Operations.TypeName(value)} object");
                if (items.Count > tuple.Items.Count)
                    throw TemplateRenderException.Value($"too many values to unpack (expected {tuple.Items.Count})");
                if (items.Count < tuple.Items.Count)
                    throw TemplateRenderException.Value($"not enough values to unpack (expected {tuple.Items.Count}, got {items.Count})");
                for (var i = 0; i < items.Count; i++)
                    Assign(tuple.Items[i], items[i]);
                break;
        }
    }

    private Function Macro(string name, MacroSignature signature, List<Statement> body, bool isCaller = false)
    {
        var defined = _scope;
        return new Function(name, arguments => Captured(() => Within(new Scope(defined), () =>
        {
            if (++_depth > TemplateLimits.CallDepth)
                throw new TemplateRenderException("RecursionError", "maximum recursion depth exceeded");
            Bind(signature, arguments, isCaller);
            Run(body);
            _depth--;
        })));
    }

    private void Bind(MacroSignature signature, Arguments arguments, bool isCaller)
    {
        var keywords = arguments.Keywords.ToList();
        for (var i = 0; i < signature.Names.Count; i++)
        {
            var parameter = signature.Names[i];
            var given = keywords.FindIndex(pair => pair.Name == parameter);
            var fallback = i - (signature.Names.Count - signature.Defaults.Count);
            object? value;
            if (i < arguments.Positional.Count)
            {
                value = arguments.Positional[i];
            }
            else if (given >= 0)
            {
                value = keywords[given].Value;
                keywords.RemoveAt(given);
            }
            else
            {
                value = fallback >= 0 ? Evaluate(signature.Defaults[fallback]) : new Undefined($"parameter '{parameter}' was not provided");
            }

            _scope.Set(parameter, value);
        }

        var more = new PythonDict();
        foreach (var (key, value) in keywords)
            more[key] = value;
        if (keywords.Find(pair => pair.Name == "caller") is { Name: not null } caller)
            _scope.Set("caller", caller.Value);
        else if (!isCaller)
            _scope.Set("caller", new Undefined("No caller defined"));
        _scope.Set("varargs", new PythonTuple(arguments.Positional.Skip(signature.Names.Count).ToList()));
        _scope.Set("kwargs", more);
    }

    private object? CallWith(CallStatement call)
    {
        var caller = Macro("caller", call.Signature, call.Body, isCaller: true);
        var arguments = Collect(call.Call.Arguments);
        return Call(Evaluate(call.Call.Target), new Arguments(arguments.Positional, [.. arguments.Keywords, ("caller", caller)]));
    }
}
