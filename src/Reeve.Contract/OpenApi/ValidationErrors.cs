using System.Text.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>What is wrong with a request, in the order it was found. At most <see cref="Limit"/> faults are kept.</summary>
public sealed class ValidationErrors
{
    /// <summary>Faults past this many help nobody, and a long list of bad items must not make a longer answer.</summary>
    public const int Limit = 100;

    /// <summary>Bytes of a refused value that are quoted; a longer one is left out.</summary>
    private const int LongestInput = 16 * 1024;

    private readonly List<RequestFault> _all = [];

    public IReadOnlyList<RequestFault> All => _all;

    public void Add(string type, IEnumerable<LocPart> loc, string message, ReadOnlyMemory<byte> input = default)
    {
        if (_all.Count < Limit) _all.Add(new RequestFault(type, [.. loc], message, input.Length > LongestInput ? default : input));
    }

    public void Add(string type, string[] loc, string message) => Add(type, loc.Select(static part => (LocPart)part), message);

    internal void Clear() => _all.Clear();

    /// <summary>Writes the list as <c>[{type, loc, msg, input}]</c>.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var fault in _all)
        {
            writer.WriteStartObject();
            writer.WriteString("type", fault.Type);
            writer.WriteStartArray("loc");
            foreach (var part in fault.Loc)
            {
                if (part.Name is { } name) writer.WriteStringValue(name);
                else writer.WriteNumberValue(part.Index);
            }
            writer.WriteEndArray();
            writer.WriteString("msg", fault.Message);
            writer.WritePropertyName("input");
            if (fault.Input.IsEmpty) writer.WriteNullValue();
            else writer.WriteRawValue(fault.Input.Span, skipInputValidation: true);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
