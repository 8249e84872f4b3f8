using System.Text.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>A value an operation takes from its path, query or headers.</summary>
public sealed class OperationParameter
{
    private readonly SchemaNode _node;

    internal OperationParameter(string place, string name, bool required, SchemaNode node)
    {
        Place = place;
        Name = name;
        Required = required;
        _node = node;
    }

    /// <summary><c>path</c>, <c>query</c> or <c>header</c>.</summary>
    public string Place { get; }

    public string Name { get; }

    public bool Required { get; }

    /// <summary>Notes what is wrong with the text that was sent; null when none was.</summary>
    public void Check(string? text, ValidationErrors errors)
    {
        LocPart[] loc = [Place, Name];
        if (text is null)
        {
            if (Required) errors.Add("missing", loc, $"The {Place} parameter {Name} is required: add it.");
            return;
        }
        byte[] json = [.. "\""u8, .. JsonEncodedText.Encode(text).EncodedUtf8Bytes, .. "\""u8];
        var walk = new ValidationWalk();
        walk.Begin(json, strict: true);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (_node.Check(ref reader, walk) || walk.Errors is not { } found) return;
        foreach (var fault in found.All) errors.Add(fault.Type, loc, fault.Message, fault.Input);
    }
}
