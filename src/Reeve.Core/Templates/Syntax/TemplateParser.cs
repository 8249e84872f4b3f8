using Reeve.Core.Python;

namespace Reeve.Core.Templates.Syntax;

/// <summary>Builds the tree of a template; this half reads statements.</summary>
internal sealed partial class TemplateParser
{
    // Deeper nesting would endanger the stack, and no sensible template comes near.
    private const int MaxDepth = 100;

    private readonly List<Token> _tokens;
    private readonly Stack<string> _tags = new();
    private readonly Stack<string[]> _endTags = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<(bool IsTest, string Name)> _filters = [];
    private int _at;
    private int _depth;
    private int _loops;
    private int _loopDepth;
    private int _deepestLoop;

    // Inside a condition an unknown filter is only an error when it is reached.
    private int _conditions;

    private TemplateParser(List<Token> tokens) => _tokens = tokens;

    /// <exception cref="TemplateSyntaxException">The text is not a template.</exception>
    public static TemplateTree Parse(string source)
    {
        var parser = new TemplateParser(TemplateLexer.Read(source));
        parser.ThrowIfFault();
        var body = parser.Body(null);
        return new TemplateTree(body, parser._loops, parser._deepestLoop, parser._names, parser._filters);
    }

    private Token Current => _tokens[_at];

    private Token Next()
    {
        var token = _tokens[_at];
        if (_at + 1 < _tokens.Count)
            _at++;
        ThrowIfFault();
        return token;
    }

    private Token Look()
    {
        var next = _tokens[Math.Min(_at + 1, _tokens.Count - 1)];
        return next.Kind == TokenKind.Fault ? throw new TemplateSyntaxException(next.Text, next.Line) : next;
    }

    private void ThrowIfFault()
    {
        if (Current.Kind == TokenKind.Fault)
            throw new TemplateSyntaxException(Current.Text, Current.Line);
    }

    private TemplateSyntaxException Fail(string message, int? line = null) => new(message, line ?? Current.Line);

    private Token Expect(bool matches, string expected)
    {
        if (matches)
            return Next();
        var shown = PythonText.Repr(expected);
        throw Fail(Current.Kind == TokenKind.End
            ? $"unexpected end of template, expected {shown}."
            : $"expected token {shown}, got {PythonText.Repr(Current.Describe())}");
    }

    private Token Expect(TokenKind kind) => Expect(Current.Kind == kind, Token.Describe(kind));

    private Token ExpectName(string name) => Expect(Current.IsName(name), name);

    private Token ExpectOperator(string text) => Expect(Current.IsOperator(text), text);

    private bool SkipName(string name) => Skip(Current.IsName(name));

    private bool SkipOperator(string text) => Skip(Current.IsOperator(text));

    private bool Skip(bool matches)
    {
        if (matches)
            Next();
        return matches;
    }

    private List<Statement> Body(string[]? endTags)
    {
        if (++_depth > MaxDepth)
            throw Fail("The template is nested too deeply.");
        var body = new List<Statement>();
        if (endTags is not null)
            _endTags.Push(endTags);
        try
        {
            while (Current.Kind != TokenKind.End)
            {
                switch (Current.Kind)
                {
                    case TokenKind.Data:
                        body.Add(new DataStatement(Next().Text));
                        break;
                    case TokenKind.VariableBegin:
                        Next();
                        body.Add(new OutputStatement(Tuple()));
                        Expect(TokenKind.VariableEnd);
                        break;
                    default:
                        Next();
                        if (endTags is not null && Current.Kind == TokenKind.Name && endTags.Contains(Current.Text))
                            return body;
                        Statement(body);
                        Expect(TokenKind.BlockEnd);
                        break;
                }
            }

            return body;
        }
        finally
        {
            _depth--;
            if (endTags is not null)
                _endTags.Pop();
        }
    }

    // The statements up to one of the end tags, which stays current unless dropped.
    private List<Statement> Statements(bool drop, params string[] endTags)
    {
        SkipOperator(":");
        Expect(TokenKind.BlockEnd);
        var body = Body(endTags);
        if (Current.Kind == TokenKind.End)
        {
            _endTags.Push(endTags);
            throw UnknownTag(null, Current.Line);
        }

        if (drop)
            Next();
        return body;
    }

    private TemplateSyntaxException UnknownTag(string? name, int line)
    {
        var looking = _endTags.Count == 0 ? null : string.Join(" or ", _endTags.Peek().Select(PythonText.Repr));
        var message = name is null ? "Unexpected end of template." : $"Encountered unknown tag {PythonText.Repr(name)}.";
        if (looking is not null)
        {
            message += name is not null && _endTags.Any(tags => tags.Contains(name))
                ? $" You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for {looking}."
                : $" Jinja was looking for the following tags: {looking}.";
        }

        if (_tags.Count > 0)
            message += $" The innermost block that needs to be closed is {PythonText.Repr(_tags.Peek())}.";
        return Fail(message, line);
    }

    private void Statement(List<Statement> body)
    {
        var token = Current;
        if (token.Kind != TokenKind.Name)
            throw Fail("tag name expected", token.Line);
        if (token.Text is not ("for" or "if" or "block" or "extends" or "print" or "macro" or "include" or "from" or "import" or "set" or "with" or "autoescape" or "call" or "filter"))
            throw UnknownTag(token.Text, token.Line);
        _tags.Push(token.Text);
        if (token.Text == "print")
            Print(body);
        else
            body.Add(Statement(token.Text));
        _tags.Pop();
    }

    private Statement Statement(string tag) => tag switch
    {
        "for" => For(),
        "if" => If(),
        "set" => Set(),
        "with" => With(),
        "block" => Block(),
        "macro" => Macro(),
        "call" => CallBlock(),
        "filter" => FilterBlock(),
        "autoescape" => AutoEscape(),
        "include" => Include(),
        _ => Import(tag),
    };

    private ForStatement For()
    {
        Next();
        var target = Target("in");
        ExpectName("in");
        var items = Tuple(conditional: false, end: "recursive");
        var test = SkipName("if") ? Conditional() : null;
        var recursive = SkipName("recursive");
        _loops++;
        _deepestLoop = Math.Max(_deepestLoop, ++_loopDepth);
        var body = Statements(false, "endfor", "else");
        var otherwise = Next().Text == "else" ? Statements(true, "endfor") : [];
        _loopDepth--;
        return new ForStatement(target, items, test, recursive, body, otherwise);
    }

    private IfStatement If()
    {
        Next();
        _conditions++;
        var branches = new List<(Expression, List<Statement>)>();
        var otherwise = new List<Statement>();
        while (true)
        {
            var test = Tuple(conditional: false);
            branches.Add((test, Statements(false, "elif", "else", "endif")));
            var tag = Next().Text;
            if (tag == "elif")
                continue;
            if (tag == "else")
                otherwise = Statements(true, "endif");
            break;
        }

        _conditions--;
        return new IfStatement(branches, otherwise);
    }

    private Statement Set()
    {
        Next();
        var target = Target(null, allowNamespace: true);
        if (SkipOperator("="))
            return new SetStatement(target, Tuple());
        Expression? filter = null;
        while (Current.IsOperator("|"))
        {
            Next();
            filter = Filter(filter);
        }

        return new SetBlockStatement(target, (FilterExpression?)filter, Statements(true, "endset"));
    }

    private WithStatement With()
    {
        Next();
        var items = new List<(Expression, Expression)>();
        while (Current.Kind != TokenKind.BlockEnd)
        {
            if (items.Count > 0)
                ExpectOperator(",");
            var target = Target(null);
            ExpectOperator("=");
            items.Add((target, Conditional()));
        }

        return new WithStatement(items, Statements(true, "endwith"));
    }

    private ScopeStatement AutoEscape()
    {
        Next();
        Conditional();
        return new ScopeStatement(Statements(true, "endautoescape"));
    }

    private BlockStatement Block()
    {
        Next();
        var name = Expect(TokenKind.Name).Text;
        var scoped = SkipName("scoped");
        var required = SkipName("required");
        if (Current.IsOperator("-"))
            throw Fail("Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.");
        var body = Statements(true, "endblock");
        if (required && body.Exists(each => each is not DataStatement { Text: var text } || !string.IsNullOrWhiteSpace(text)))
            throw Fail("Required blocks can only contain comments or whitespace");
        SkipName(name);
        return new BlockStatement(name, scoped, required, body);
    }

    private LoaderStatement Include()
    {
        Next();
        Conditional();
        var ignore = Current.IsName("ignore") && Look().IsName("missing");
        if (ignore)
        {
            Next();
            Next();
        }

        SkipContext();
        return new LoaderStatement(ignore);
    }

    private bool SkipContext()
    {
        if (!(Current.IsName("with") || Current.IsName("without")) || !Look().IsName("context"))
            return false;
        Next();
        Next();
        return true;
    }

    private LoaderStatement Import(string tag)
    {
        Next();
        Conditional();
        if (tag == "import")
        {
            ExpectName("as");
            Expect(TokenKind.Name);
            SkipContext();
        }
        else if (tag == "from")
        {
            ExpectName("import");
            FromNames();
        }

        return new LoaderStatement(IgnoreMissing: false);
    }

    private void FromNames()
    {
        for (var first = true; ; first = false)
        {
            if (!first)
                ExpectOperator(",");
            if (SkipContext())
                return;
            var name = Expect(TokenKind.Name);
            if (name.Text.StartsWith('_'))
                throw Fail("names starting with an underline can not be imported", name.Line);
            if (SkipName("as"))
                Expect(TokenKind.Name);
            if (SkipContext() || !Current.IsOperator(","))
                return;
        }
    }

    private MacroSignature Signature()
    {
        var names = new List<string>();
        var defaults = new List<Expression>();
        ExpectOperator("(");
        while (!Current.IsOperator(")"))
        {
            if (names.Count > 0)
                ExpectOperator(",");
            var name = Expect(TokenKind.Name).Text;
            if (SkipOperator("="))
                defaults.Add(Conditional());
            else if (defaults.Count > 0)
                throw Fail("non-default argument follows default argument");
            names.Add(name);
        }

        ExpectOperator(")");
        return new MacroSignature(names, defaults);
    }

    private MacroStatement Macro()
    {
        Next();
        var name = Expect(TokenKind.Name).Text;
        var signature = Signature();
        return new MacroStatement(name, signature, Statements(true, "endmacro"));
    }

    private CallStatement CallBlock()
    {
        var line = Next().Line;
        var signature = Current.IsOperator("(") ? Signature() : new MacroSignature([], []);
        var call = Conditional() as CallExpression ?? throw Fail("expected call", line);
        return new CallStatement(signature, call, Statements(true, "endcall"));
    }

    private FilterStatement FilterBlock()
    {
        Next();
        var filter = Filter(null);
        while (SkipOperator("|"))
            filter = Filter(filter);
        return new FilterStatement(filter, Statements(true, "endfilter"));
    }

    private void Print(List<Statement> body)
    {
        Next();
        for (var first = true; Current.Kind != TokenKind.BlockEnd; first = false)
        {
            if (!first)
                ExpectOperator(",");
            body.Add(new OutputStatement(Conditional()));
        }
    }

    private Expression Target(string? end, bool allowNamespace = false)
    {
        var read = _names.ToHashSet(StringComparer.Ordinal);
        var target = Tuple(simplified: true, end: end, allowNamespace: allowNamespace);
        // Names that are only assigned are not read.
        _names.IntersectWith(read);
        return IsAssignable(target) ? target : throw Fail($"can't assign to '{KindOf(target)}'", target.Line);
    }

    private static bool IsAssignable(Expression target) => target switch
    {
        NameExpression or NamespaceTarget => true,
        TupleExpression tuple => tuple.Items.TrueForAll(IsAssignable),
        _ => false,
    };

    private static string KindOf(Expression target) => target switch
    {
        Constant => "const",
        TupleExpression => "tuple",
        ListExpression => "list",
        DictExpression => "dict",
        _ => "expr",
    };
}
