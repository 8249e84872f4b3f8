namespace Reeve.Core.Templates.Syntax;

/// <summary>A piece of a template. <c>Text</c> is the name, the operator or the data; <c>Value</c> what a literal stands for.</summary>
internal readonly record struct Token(TokenKind Kind, int Line, string Text, object? Value = null)
{
    public bool IsName(string name) => Kind == TokenKind.Name && Text == name;

    public bool IsOperator(string text) => Kind == TokenKind.Operator && Text == text;

    /// <summary>How messages speak of the token.</summary>
    public string Describe() => Kind switch
    {
        TokenKind.Name => Text,
        TokenKind.Operator => Text,
        _ => Describe(Kind),
    };

    public static string Describe(TokenKind kind) => kind switch
    {
        TokenKind.BlockBegin => "begin of statement block",
        TokenKind.BlockEnd => "end of statement block",
        TokenKind.VariableBegin => "begin of print statement",
        TokenKind.VariableEnd => "end of print statement",
        TokenKind.Data => "template data / text",
        TokenKind.End => "end of template",
        TokenKind.Name => "name",
        TokenKind.String => "string",
        TokenKind.Integer => "integer",
        TokenKind.Float => "float",
        _ => "operator",
    };
}
