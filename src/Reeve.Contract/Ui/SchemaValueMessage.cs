namespace Reeve.Contract.Ui;

/// <summary>A plain message about the value at hand; written as a bare string.</summary>
public sealed class SchemaValueMessage(string message) : SchemaValueError
{
    public string Message { get; } = message;
}
