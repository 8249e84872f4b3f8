namespace Reeve.Core.JsonSchema;

/// <summary>The schema, not the value, is at fault.</summary>
public sealed class SchemaException : Exception
{
    /// <summary>What every caller says of a schema whose references form a circle.</summary>
    public const string CircularMessage = "Invalid schema: Unable to validate schema with circular references.";

    public SchemaException(SchemaFault fault, string message)
        : base(message) => Fault = fault;

    public SchemaFault Fault { get; }
}
