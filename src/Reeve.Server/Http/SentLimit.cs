using System.Text.Json;

namespace Reeve.Server.Http;

/// <summary>
/// The page size of a body that is refused for other reasons: the contract answers for a bad limit before it answers for
/// the rest.
/// </summary>
internal static class SentLimit
{
    public static int? Find(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var found = reader.ValueTextEquals("limit"u8);
                reader.Read();
                if (found) return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var limit) ? limit : null;
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // The body is no JSON; it is refused for that.
        }
        return null;
    }
}
