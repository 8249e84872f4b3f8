using System.Buffers;
using System.Text;
using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Events;

namespace Reeve.Server.Events.Queries;

/// <summary>Which page comes next: the filter as it was resolved for the first page, and where to go on.</summary>
/// <param name="Filter">With its times resolved, so that events that come in meanwhile do not shift the pages.</param>
/// <param name="Count">The total that was counted for the first page.</param>
/// <param name="PageSize">Events a page.</param>
/// <param name="Offset">Events on the pages before.</param>
internal sealed record EventPageToken(EventFilter Filter, int Count, int PageSize, int Offset)
{
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    /// <summary>The token of the page after this one; null when this is the last.</summary>
    public EventPageToken? Next => (long)Offset + PageSize >= Count ? null : this with { Offset = Offset + PageSize };

    /// <summary>As it stands in a link. The form is the reference's: base64 twice.</summary>
    public string Encode()
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("filter");
            JsonSerializer.Serialize(writer, Filter, ReeveJson.TypeInfo<EventFilter>());
            writer.WriteNumber("count", Count);
            writer.WriteNumber("page_size", PageSize);
            writer.WriteNumber("offset", Offset);
            writer.WriteEndObject();
        }
        return Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToBase64String(json.WrittenSpan)));
    }

    /// <summary>Null when it is no token of ours.</summary>
    public static EventPageToken? Decode(string text)
    {
        try
        {
            var inner = Encoding.UTF8.GetString(Bytes(text));
            using var document = JsonDocument.Parse(Bytes(inner));
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return null;
            var filter = root.GetProperty("filter").Deserialize(ReeveJson.TypeInfo<EventFilter>());
            var token = new EventPageToken(
                filter!, root.GetProperty("count").GetInt32(), root.GetProperty("page_size").GetInt32(), root.GetProperty("offset").GetInt32());
            return token is { Filter.Occurred: { Since: not null, Until: not null }, PageSize: >= 0 and <= EventStore.MostOnPage, Offset: >= 0 } ? token : null;
        }
        catch (Exception error) when (error is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    // Characters that do not belong are skipped, as the reference does.
    private static byte[] Bytes(string base64) => Convert.FromBase64String(string.Concat(base64.Where(Alphabet.Contains)));
}
