namespace Reeve.Core.Templates.Syntax;

internal abstract record Expression(int Line);

internal sealed record Constant(int Line, object? Value) : Expression(Line);

internal sealed record NameExpression(int Line, string Name) : Expression(Line);

/// <summary>An attribute of a <c>namespace()</c>, as the target of an assignment.</summary>
internal sealed record NamespaceTarget(int Line, string Name, string Attribute) : Expression(Line);

internal sealed record TupleExpression(int Line, List<Expression> Items) : Expression(Line);

internal sealed record ListExpression(int Line, List<Expression> Items) : Expression(Line);

internal sealed record DictExpression(int Line, List<(Expression Key, Expression Value)> Items) : Expression(Line);

internal sealed record AttributeExpression(int Line, Expression Target, string Name) : Expression(Line);

internal sealed record ItemExpression(int Line, Expression Target, Expression Key) : Expression(Line);

internal sealed record SliceExpression(int Line, Expression? Start, Expression? Stop, Expression? Step) : Expression(Line);

internal sealed record CallExpression(int Line, Expression Target, CallArguments Arguments) : Expression(Line);

/// <summary>A filter; without a target inside <c>{% filter %}</c> and <c>{% set %}</c> blocks.</summary>
internal sealed record FilterExpression(int Line, Expression? Target, string Name, CallArguments Arguments) : Expression(Line);

internal sealed record TestExpression(int Line, Expression Target, string Name, CallArguments Arguments) : Expression(Line);

internal sealed record NotExpression(int Line, Expression Operand) : Expression(Line);

internal sealed record AndExpression(int Line, Expression Left, Expression Right) : Expression(Line);

internal sealed record OrExpression(int Line, Expression Left, Expression Right) : Expression(Line);

internal sealed record ConditionalExpression(int Line, Expression Test, Expression Then, Expression? Else) : Expression(Line);

internal sealed record CompareExpression(int Line, Expression First, List<(string Operator, Expression Operand)> Rest) : Expression(Line);

internal sealed record UnaryExpression(int Line, string Operator, Expression Operand) : Expression(Line);

internal sealed record BinaryExpression(int Line, string Operator, Expression Left, Expression Right) : Expression(Line);

internal sealed record ConcatExpression(int Line, List<Expression> Items) : Expression(Line);

internal sealed record CallArguments(
    List<Expression> Positional, List<(string Name, Expression Value)> Keywords, Expression? MorePositional, Expression? MoreKeywords)
{
    public static readonly CallArguments None = new([], [], null, null);
}

internal abstract record Statement;

internal sealed record DataStatement(string Text) : Statement;

internal sealed record OutputStatement(Expression Value) : Statement;

internal sealed record IfStatement(List<(Expression Test, List<Statement> Body)> Branches, List<Statement> Else) : Statement;

internal sealed record ForStatement(
    Expression Target, Expression Items, Expression? Test, bool Recursive, List<Statement> Body, List<Statement> Else) : Statement;

internal sealed record SetStatement(Expression Target, Expression Value) : Statement;

internal sealed record SetBlockStatement(Expression Target, FilterExpression? Filter, List<Statement> Body) : Statement;

internal sealed record WithStatement(List<(Expression Target, Expression Value)> Items, List<Statement> Body) : Statement;

internal sealed record FilterStatement(FilterExpression Filter, List<Statement> Body) : Statement;

internal sealed record ScopeStatement(List<Statement> Body) : Statement;

internal sealed record BlockStatement(string Name, bool Scoped, bool Required, List<Statement> Body) : Statement;

internal sealed record MacroStatement(string Name, MacroSignature Signature, List<Statement> Body) : Statement;

internal sealed record CallStatement(MacroSignature Signature, CallExpression Call, List<Statement> Body) : Statement;

/// <summary><c>include</c>, <c>import</c>, <c>extends</c>: there are no other templates to take anything from.</summary>
internal sealed record LoaderStatement(bool IgnoreMissing) : Statement;

internal sealed record MacroSignature(List<string> Names, List<Expression> Defaults);

/// <summary>
/// A parsed template and what its inspection found: how many loops and how deep, every name that is read anywhere, and the
/// filters and tests that must exist before rendering starts.
/// </summary>
internal sealed record TemplateTree(
    List<Statement> Body, int LoopCount, int LoopDepth, IReadOnlySet<string> NamesLoaded, List<(bool IsTest, string Name)> UsedFilters);
