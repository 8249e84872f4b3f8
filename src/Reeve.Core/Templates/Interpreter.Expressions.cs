using System.Text;
using Reeve.Core.Python;
using Reeve.Core.Templates.Filters;
using Reeve.Core.Templates.Syntax;
using Reeve.Core.Templates.Values;

namespace Reeve.Core.Templates;

/// <summary>This half evaluates expressions.</summary>
internal sealed partial class Interpreter
{
    private object? Evaluate(Expression expression)
    {
        Step();
        return expression switch
        {
            Constant constant => constant.Value,
            NameExpression name => Lookup(name.Name),
            AttributeExpression attribute => Members.Attribute(Evaluate(attribute.Target), attribute.Name),
            ItemExpression item => Item(item),
            CallExpression call => Call(Evaluate(call.Target), Collect(call.Arguments)),
            FilterExpression filter => Filtered(filter, null),
            TestExpression test => Test(test),
            TupleExpression tuple => new PythonTuple(tuple.Items.ConvertAll(Evaluate)),
            ListExpression list => list.Items.ConvertAll(Evaluate),
            DictExpression dict => Dict(dict),
            NotExpression not => !Operations.IsTrue(Evaluate(not.Operand)),
            AndExpression and => Evaluate(and.Left) is var left && Operations.IsTrue(left) ? Evaluate(and.Right) : left,
            OrExpression or => Evaluate(or.Left) is var left && !Operations.IsTrue(left) ? Evaluate(or.Right) : left,
            ConditionalExpression condition => Operations.IsTrue(Evaluate(condition.Test)) ? Evaluate(condition.Then)
                : condition.Else is not null ? Evaluate(condition.Else)
                : new Undefined($"the inline if-expression on line {condition.Line} evaluated to false and no else section was defined."),
            CompareExpression compare => Compare(compare),
            UnaryExpression unary => Arithmetic.Negate(Evaluate(unary.Operand), unary.Operator),
            BinaryExpression binary => Arithmetic.Apply(binary.Operator, Evaluate(binary.Left), Evaluate(binary.Right)),
            ConcatExpression concat => Concat(concat.Items.ConvertAll(Evaluate)),
            _ => throw TemplateRenderException.Type("slices stand only within square brackets"),
        };
    }

    private object? Lookup(string name) =>
        _scope.TryGet(name, out var value) || context.TryGetValue(name, out value) || TryGlobal(name, out value) ? value : Undefined.Name(name);

    private static bool TryGlobal(string name, out object? value)
    {
        value = name switch
        {
            "range" => new Function(name, Range),
            "dict" => new Function(name, MakeDict),
            "namespace" => new Function(name, MakeNamespace),
            "cycler" => new Function(name, arguments => arguments.Positional.Count > 0
                ? new Cycler(arguments.Positional)
                : throw new TemplateRenderException("RuntimeError", "at least one item has to be provided")),
            "joiner" => new Function(name, MakeJoiner),
            _ => null,
        };
        return value is not null;
    }

    private static object Range(Arguments arguments)
    {
        var bound = arguments.Positional.Count == 0
            ? throw TemplateRenderException.Type("range expected at least 1 argument, got 0")
            : arguments.Bind("range", 1, "start", "stop", "step").Select(value => Arguments.IsGiven(value) ? (long?)Operations.Index(value) : null).ToArray();
        return bound[1] is { } stop ? new RangeValue(bound[0]!.Value, stop, bound[2] ?? 1) : new RangeValue(0, bound[0]!.Value, 1);
    }

    private static PythonDict MakeDict(Arguments arguments)
    {
        var dict = new PythonDict();
        foreach (var source in arguments.Positional)
        {
            var pairs = source is PythonDict other ? other.Pairs : Operations.Iterate(source);
            foreach (var pair in pairs)
            {
                if (Operations.Items(pair) is not [var key, var value])
                    throw TemplateRenderException.Type("cannot convert dictionary update sequence element #0 to a sequence");
                dict[key] = value;
            }
        }

        foreach (var (key, value) in arguments.Keywords)
            dict[key] = value;
        return dict;
    }

    private static Namespace MakeNamespace(Arguments arguments)
    {
        var space = new Namespace();
        foreach (var (key, value) in MakeDict(arguments))
            space.Attributes[Operations.Text(PythonKeys.Value(key))] = value;
        return space;
    }

    private static Function MakeJoiner(Arguments arguments)
    {
        var separator = Arguments.Or(arguments.Bind("joiner", 0, "sep")[0], ", ");
        var used = false;
        return new Function("joiner", _ =>
        {
            var now = used ? separator : "";
            used = true;
            return now;
        });
    }

    private object? Item(ItemExpression item)
    {
        var target = Evaluate(item.Target);
        if (item.Key is not SliceExpression slice)
            return Members.Item(target, Evaluate(item.Key));
        return Members.Slice(target, Optional(slice.Start), Optional(slice.Stop), Optional(slice.Step));
    }

    private object? Optional(Expression? expression) => expression is null ? null : Evaluate(expression);

    private PythonDict Dict(DictExpression expression)
    {
        var dict = new PythonDict();
        foreach (var (key, value) in expression.Items)
            dict[Evaluate(key)] = Evaluate(value);
        return dict;
    }

    private bool Compare(CompareExpression compare)
    {
        var left = Evaluate(compare.First);
        foreach (var (symbol, operand) in compare.Rest)
        {
            var right = Evaluate(operand);
            if (!Compare(symbol, left, right))
                return false;
            left = right;
        }

        return true;
    }

    internal static bool Compare(string symbol, object? left, object? right) => symbol switch
    {
        "==" => Operations.AreEqual(left, right),
        "!=" => !Operations.AreEqual(left, right),
        "in" => Operations.IsIn(left, right),
        "not in" => !Operations.IsIn(left, right),
        "<" => Operations.Order(left, right, symbol) < 0,
        "<=" => Operations.Order(left, right, symbol) <= 0,
        ">" => Operations.Order(left, right, symbol) > 0,
        _ => Operations.Order(left, right, symbol) >= 0,
    };

    private static string Concat(List<object?> items)
    {
        var text = new StringBuilder();
        foreach (var item in items)
        {
            text.Append(Operations.Text(item));
            if (text.Length > TemplateLimits.Characters)
                Operations.Bounded(text.ToString());
        }

        return text.ToString();
    }

    private Arguments Collect(CallArguments arguments)
    {
        if (ReferenceEquals(arguments, CallArguments.None))
            return Arguments.None;
        var positional = arguments.Positional.ConvertAll(Evaluate);
        if (arguments.MorePositional is not null)
            positional.AddRange(Operations.Iterate(Evaluate(arguments.MorePositional)));
        var keywords = arguments.Keywords.ConvertAll(pair => (pair.Name, Evaluate(pair.Value)));
        if (arguments.MoreKeywords is not null)
        {
            var more = Evaluate(arguments.MoreKeywords) as PythonDict ?? throw TemplateRenderException.Type("argument after ** must be a mapping");
            keywords.AddRange(more.Select(pair => (Operations.Text(PythonKeys.Value(pair.Key)), pair.Value)));
        }

        return new Arguments(positional, keywords);
    }

    internal object? Call(object? target, Arguments arguments)
    {
        Step();
        return target switch
        {
            Function function => function.Call(arguments),
            Undefined undefined => throw undefined.Error(),
            Loop { Recurse: { } recurse } => recurse(arguments.Bind("loop", 1, "iterable")[0]),
            Loop => throw TemplateRenderException.Type("The loop must have the 'recursive' marker to be called recursively."),
            _ => throw TemplateRenderException.Type($"'{Operations.TypeName(target)}' object is not callable"),
        };
    }

    private bool HasFilter(string name) => extraFilters?.ContainsKey(name) == true || FilterCatalogue.Contains(name);

    private object? Filtered(FilterExpression filter, object? innermost)
    {
        var value = filter.Target switch
        {
            null => innermost,
            FilterExpression inner => Filtered(inner, innermost),
            _ => Evaluate(filter.Target),
        };
        return HasFilter(filter.Name) ? ApplyFilter(filter.Name, value, Collect(filter.Arguments))
            : throw new TemplateRenderException("TemplateRuntimeError", $"No filter named {PythonText.Repr(filter.Name)} found.");
    }

    internal object? ApplyFilter(string name, object? value, Arguments arguments)
    {
        Step();
        if (extraFilters?.GetValueOrDefault(name) is { } extra)
            return extra(value);
        return FilterCatalogue.TryGet(name, out var filter) ? filter(this, value, arguments)
            : throw new TemplateRenderException("TemplateRuntimeError", $"No filter named {PythonText.Repr(name)}.");
    }

    private object Test(TestExpression test) => ApplyTest(test.Name, Evaluate(test.Target), Collect(test.Arguments));

    internal bool ApplyTest(string name, object? value, Arguments arguments)
    {
        Step();
        return name switch
        {
            "filter" => value is string filter && HasFilter(filter),
            _ => TestCatalogue.TryGet(name, out var test) ? test(value, arguments)
                : throw new TemplateRenderException("TemplateRuntimeError", $"No test named {PythonText.Repr(name)} found."),
        };
    }
}
