using System.Text.Json;
using Reeve.Contract.Json;

namespace Reeve.Server.WorkPools.Channel;

/// <summary>A frame of a worker channel: exactly <c>type</c>, <c>id</c>, <c>sent_at</c> and <c>payload</c>.</summary>
internal sealed record ChannelFrame(string Type, Guid Id, JsonElement Payload)
{
    /// <exception cref="ChannelClosedException">It is none.</exception>
    public static ChannelFrame Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            var fields = new ChannelFields(document.RootElement.Clone(), "type", "id", "sent_at", "payload");
            if (!WireInstant.TryParse(fields.Text("sent_at"), out _)) throw ChannelClosedException.Protocol;
            return new ChannelFrame(fields.Text("type"), fields.Id("id"), fields.Object("payload"));
        }
        catch (JsonException)
        {
            throw ChannelClosedException.Protocol;
        }
    }

    /// <summary>Writes a frame of the server's own.</summary>
    public static Action<Utf8JsonWriter> Write(string type, DateTimeOffset now, Action<Utf8JsonWriter> payload) => writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", type);
        writer.WriteString("id", Guid.CreateVersion7(now));
        writer.WriteString("sent_at", WireInstant.Format(now));
        writer.WritePropertyName("payload");
        payload(writer);
        writer.WriteEndObject();
    };
}
