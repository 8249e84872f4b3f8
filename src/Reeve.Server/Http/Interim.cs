using System.Text.Json;

namespace Reeve.Contract.OpenApi;

internal sealed class ValidationErrors
{
    private readonly List<(string Type, string[] Loc, string Message)> _all = [];
    public void Add(string type, string[] loc, string message) => _all.Add((type, loc, message));
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        writer.WriteEndArray();
    }
}

internal sealed class Operation;

internal static class OpenApiDocument
{
    public static Operation? Find(string method, string path) => null;
}
