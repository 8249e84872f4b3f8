using System.Text.Json;

namespace Reeve.Core.JsonSchema;

/// <summary>A node of the tree in which a form shows errors: a message, or the errors of one property or one index.</summary>
public sealed class SchemaErrorNode
{
    /// <summary>Set on a leaf only.</summary>
    public string? Message { get; internal init; }

    /// <summary>The property below which <see cref="Errors"/> lie.</summary>
    public string? Property { get; internal init; }

    /// <summary>The index below which <see cref="Errors"/> lie.</summary>
    public int? Index { get; internal init; }

    public List<SchemaErrorNode> Errors { get; } = [];

    internal static SchemaErrorNode Leaf(string message) => new() { Message = message };

    internal static SchemaErrorNode At(object part) => part is int index ? new() { Index = index } : new() { Property = (string)part };

    internal bool IsAt(object part) => part is int index ? Index == index : Property is not null && Property == (string)part;

    public void Write(Utf8JsonWriter writer)
    {
        if (Message is not null)
        {
            writer.WriteStringValue(Message);
            return;
        }

        writer.WriteStartObject();
        if (Index is { } index)
            writer.WriteNumber("index", index);
        else
            writer.WriteString("property", Property);
        writer.WriteStartArray("errors");
        foreach (var error in Errors)
            error.Write(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
