using Reeve.Core.Python;

namespace Reeve.Core.Templates.Syntax;

/// <summary>This half reads expressions, from the loosest binding to the tightest.</summary>
internal sealed partial class TemplateParser
{
    private static readonly string[][] Binary = [["+", "-"], ["*", "/", "//", "%"], ["**"]];

    private Expression Tuple(bool simplified = false, bool conditional = true, string? end = null, bool parenthesised = false, bool allowNamespace = false)
    {
        var line = Current.Line;
        var items = new List<Expression>();
        var isTuple = false;
        while (true)
        {
            if (items.Count > 0)
                ExpectOperator(",");
            if (Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd || Current.IsOperator(")") || (end is not null && Current.IsName(end)))
                break;
            items.Add(simplified ? Primary(allowNamespace) : conditional ? Conditional() : Or());
            if (!Current.IsOperator(","))
                break;
            isTuple = true;
            line = Current.Line;
        }

        if (isTuple)
            return new TupleExpression(line, items);
        if (items.Count > 0)
            return items[0];
        return parenthesised
            ? new TupleExpression(line, items)
            : throw Fail($"Expected an expression, got {PythonText.Repr(Current.Describe())}");
    }

    private Expression Conditional()
    {
        if (++_depth > MaxDepth)
            throw Fail("The template is nested too deeply.");
        var start = _filters.Count;
        var expression = Or();
        while (SkipName("if"))
        {
            // What stands before "if" was read as unconditional.
            _filters.RemoveRange(start, _filters.Count - start);
            _conditions++;
            var line = Current.Line;
            var test = Or();
            expression = new ConditionalExpression(line, test, expression, SkipName("else") ? Conditional() : null);
            _conditions--;
        }

        _depth--;
        return expression;
    }

    private Expression Or()
    {
        var left = And();
        while (SkipName("or"))
            left = new OrExpression(left.Line, left, And());
        return left;
    }

    private Expression And()
    {
        var left = Not();
        while (SkipName("and"))
            left = new AndExpression(left.Line, left, Not());
        return left;
    }

    private Expression Not()
    {
        var (line, count) = (Current.Line, 0);
        while (SkipName("not"))
            count++;
        var expression = Compare();
        for (; count > 0; count--)
            expression = new NotExpression(line, expression);
        return expression;
    }

    private Expression Compare()
    {
        var first = Sum();
        var rest = new List<(string, Expression)>();
        while (true)
        {
            if (Current.Kind == TokenKind.Operator && Current.Text is "==" or "!=" or "<" or "<=" or ">" or ">=")
            {
                rest.Add((Next().Text, Sum()));
            }
            else if (SkipName("in"))
            {
                rest.Add(("in", Sum()));
            }
            else if (Current.IsName("not") && Look().IsName("in"))
            {
                Next();
                Next();
                rest.Add(("not in", Sum()));
            }
            else
            {
                return rest.Count == 0 ? first : new CompareExpression(first.Line, first, rest);
            }
        }
    }

    private Expression Sum() => Chain(Binary[0], Concat);

    private Expression Concat()
    {
        var first = Product();
        if (!Current.IsOperator("~"))
            return first;
        var items = new List<Expression> { first };
        while (SkipOperator("~"))
            items.Add(Product());
        return new ConcatExpression(first.Line, items);
    }

    private Expression Product() => Chain(Binary[1], Power);

    private Expression Power() => Chain(Binary[2], () => Unary(true));

    private Expression Chain(string[] operators, Func<Expression> operand)
    {
        var left = operand();
        while (Current.Kind == TokenKind.Operator && operators.Contains(Current.Text))
            left = new BinaryExpression(left.Line, Next().Text, left, operand());
        return left;
    }

    private Expression Unary(bool filters)
    {
        if (++_depth > MaxDepth)
            throw Fail("The template is nested too deeply.");
        Expression node;
        if (Current.IsOperator("-") || Current.IsOperator("+"))
        {
            var sign = Next();
            node = new UnaryExpression(sign.Line, sign.Text, Unary(false));
        }
        else
        {
            node = Primary();
        }

        node = Postfix(node);
        if (filters)
            node = Filters(node);
        _depth--;
        return node;
    }

    private Expression Primary(bool allowNamespace = false)
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                Next();
                if (token.Text is "true" or "True" or "false" or "False")
                    return new Constant(token.Line, token.Text[0] is 't' or 'T');
                if (token.Text is "none" or "None")
                    return new Constant(token.Line, null);
                if (allowNamespace && SkipOperator("."))
                    return new NamespaceTarget(token.Line, token.Text, Expect(TokenKind.Name).Text);
                _names.Add(token.Text);
                return new NameExpression(token.Line, token.Text);
            case TokenKind.String:
                Next();
                var text = (string)token.Value!;
                while (Current.Kind == TokenKind.String)
                    text += (string)Next().Value!;
                return new Constant(token.Line, text);
            case TokenKind.Integer or TokenKind.Float:
                Next();
                return new Constant(token.Line, token.Value);
            case TokenKind.Operator when token.Text == "(":
                Next();
                if (++_depth > MaxDepth)
                    throw Fail("The template is nested too deeply.");
                var inner = Tuple(parenthesised: true);
                _depth--;
                ExpectOperator(")");
                return inner;
            case TokenKind.Operator when token.Text == "[":
                Next();
                var items = new List<Expression>();
                Sequence("]", () => items.Add(Conditional()));
                return new ListExpression(token.Line, items);
            case TokenKind.Operator when token.Text == "{":
                Next();
                var pairs = new List<(Expression, Expression)>();
                Sequence("}", () =>
                {
                    var key = Conditional();
                    ExpectOperator(":");
                    pairs.Add((key, Conditional()));
                });
                return new DictExpression(token.Line, pairs);
            default:
                throw Fail($"unexpected {PythonText.Repr(token.Describe())}", token.Line);
        }
    }

    // Items with commas between them and, if the user likes, one after the last.
    private void Sequence(string close, Action item)
    {
        for (var first = true; !Current.IsOperator(close); first = false)
        {
            if (!first)
                ExpectOperator(",");
            if (Current.IsOperator(close))
                break;
            item();
        }

        ExpectOperator(close);
    }

    private Expression Postfix(Expression node)
    {
        while (true)
        {
            if (Current.IsOperator(".") || Current.IsOperator("["))
                node = Subscript(node);
            else if (Current.IsOperator("("))
                node = new CallExpression(Current.Line, node, Arguments());
            else
                return node;
        }
    }

    private Expression Filters(Expression node)
    {
        while (true)
        {
            if (SkipOperator("|"))
                node = Filter(node);
            else if (Current.IsName("is"))
                node = Test(node);
            else if (Current.IsOperator("("))
                node = new CallExpression(Current.Line, node, Arguments());
            else
                return node;
        }
    }

    private Expression Subscript(Expression node)
    {
        var token = Next();
        if (token.Text == ".")
        {
            var name = Next();
            return name.Kind switch
            {
                TokenKind.Name => new AttributeExpression(token.Line, node, name.Text),
                TokenKind.Integer => new ItemExpression(token.Line, node, new Constant(name.Line, name.Value)),
                _ => throw Fail("expected name or number", name.Line),
            };
        }

        var keys = new List<Expression>();
        while (!Current.IsOperator("]"))
        {
            if (keys.Count > 0)
                ExpectOperator(",");
            keys.Add(Key());
        }

        ExpectOperator("]");
        return new ItemExpression(token.Line, node, keys.Count == 1 ? keys[0] : new TupleExpression(token.Line, keys));
    }

    private Expression Key()
    {
        var line = Current.Line;
        Expression? start = null;
        if (!Current.IsOperator(":"))
        {
            start = Conditional();
            if (!Current.IsOperator(":"))
                return start;
        }

        Next();
        var stop = IsKeyEnd() || Current.IsOperator(":") ? null : Conditional();
        var step = SkipOperator(":") && !IsKeyEnd() ? Conditional() : null;
        return new SliceExpression(line, start, stop, step);
    }

    private bool IsKeyEnd() => Current.IsOperator("]") || Current.IsOperator(",");

    private CallArguments Arguments()
    {
        var line = ExpectOperator("(").Line;
        var positional = new List<Expression>();
        var keywords = new List<(string, Expression)>();
        Expression? more = null;
        Expression? moreKeywords = null;
        void Ensure(bool allowed)
        {
            if (!allowed)
                throw Fail("invalid syntax for function call expression", line);
        }

        for (var first = true; !Current.IsOperator(")"); first = false)
        {
            if (!first)
                ExpectOperator(",");
            if (Current.IsOperator(")"))
                break;
            if (Current.IsOperator("*"))
            {
                Ensure(more is null && moreKeywords is null);
                Next();
                more = Conditional();
            }
            else if (Current.IsOperator("**"))
            {
                Ensure(moreKeywords is null);
                Next();
                moreKeywords = Conditional();
            }
            else if (Current.Kind == TokenKind.Name && Look().IsOperator("="))
            {
                Ensure(moreKeywords is null);
                var name = Next().Text;
                Next();
                keywords.Add((name, Conditional()));
            }
            else
            {
                Ensure(more is null && moreKeywords is null && keywords.Count == 0);
                positional.Add(Conditional());
            }
        }

        ExpectOperator(")");
        return new CallArguments(positional, keywords, more, moreKeywords);
    }

    private string DottedName()
    {
        var name = Expect(TokenKind.Name).Text;
        while (SkipOperator("."))
            name += "." + Expect(TokenKind.Name).Text;
        return name;
    }

    private FilterExpression Filter(Expression? node)
    {
        var line = Current.Line;
        var name = DottedName();
        if (_conditions == 0)
            _filters.Add((false, name));
        return new FilterExpression(line, node, name, Current.IsOperator("(") ? Arguments() : CallArguments.None);
    }

    private Expression Test(Expression node)
    {
        var line = Next().Line;
        var negated = SkipName("not");
        var name = DottedName();
        if (_conditions == 0)
            _filters.Add((true, name));
        var arguments = CallArguments.None;
        if (Current.IsOperator("("))
        {
            arguments = Arguments();
        }
        else if ((Current.Kind is TokenKind.Name or TokenKind.String or TokenKind.Integer or TokenKind.Float || Current.IsOperator("[") || Current.IsOperator("{"))
            && !(Current.IsName("else") || Current.IsName("or") || Current.IsName("and")))
        {
            if (Current.IsName("is"))
                throw Fail("You cannot chain multiple tests with is");
            arguments = new CallArguments([Postfix(Primary())], [], null, null);
        }

        var test = new TestExpression(line, node, name, arguments);
        return negated ? new NotExpression(line, test) : test;
    }
}
