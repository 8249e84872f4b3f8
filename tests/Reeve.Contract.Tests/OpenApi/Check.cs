using System.Text;
using System.Text.Json;
using Reeve.Contract.OpenApi;

namespace Reeve.Contract.Tests.OpenApi;

/// <summary>Checks bodies and shows the faults as text: <c>missing body.name</c>.</summary>
internal static class Check
{
    public static Operation Operation(string method, string path) =>
        OpenApiDocument.Find(method, path) ?? throw new ArgumentException($"No operation {method} {path}.", nameof(path));

    public static List<string> Body(string method, string path, string body, bool strict = true) =>
        Body(Operation(method, path), Encoding.UTF8.GetBytes(body), strict);

    public static List<string> Body(Operation operation, byte[] body, bool strict = true)
    {
        var errors = operation.CheckBody(body, strict, out _);
        if (errors is null) return [];
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) errors.WriteTo(writer);
        JsonDocument.Parse(stream.ToArray()).Dispose();
        return [.. errors.All.Select(static fault => $"{fault.Type} {string.Join('.', fault.Loc.Select(static part => part.Name ?? $"{part.Index}"))}")];
    }
}
