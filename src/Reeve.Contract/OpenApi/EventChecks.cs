using System.Text.Json;

namespace Reeve.Contract.OpenApi;

internal static class EventChecks
{
    public static CheckFault? Resource(ReadOnlySpan<byte> json) =>
        Label(json, "prefect.resource.id"u8, "A resource needs the label prefect.resource.id, and it cannot be empty.");

    public static CheckFault? RelatedResource(ReadOnlySpan<byte> json) =>
        Resource(json) ?? Label(json, "prefect.resource.role"u8, "A related resource needs the label prefect.resource.role, and it cannot be empty.");

    private static CheckFault? Label(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, string message)
    {
        var reader = CheckText.Reader(json);
        reader.Read();
        var found = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var matches = reader.ValueTextEquals(name);
            reader.Read();
            if (matches) found = !reader.ValueSpan.IsEmpty;
        }
        return found ? null : new CheckFault(message);
    }
}
