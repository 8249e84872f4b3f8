using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Reeve.Contract.Tests;

public sealed class RecordedResponsesTests
{
    [Fact]
    public void Every_recorded_response_reads_into_its_type_and_writes_back_the_same()
    {
        if (SharedFiles.Find("contract/openapi.json") is not { } openApi || SharedFiles.Find("conformance/rest.jsonl") is not { } recordings)
            return;
        var routes = ReadRoutes(openApi);
        var faults = new List<string>();
        var compared = 0;
        foreach (var line in File.ReadLines(recordings))
        {
            using var scenario = JsonDocument.Parse(line);
            foreach (var step in scenario.RootElement.GetProperty("steps").EnumerateArray())
            {
                if (step.GetProperty("status").GetInt32() is < 200 or > 299 || step.GetProperty("response").GetString() is not { Length: > 0 } response)
                    continue;
                var method = step.GetProperty("method").GetString()!;
                var route = step.GetProperty("path").GetString()!.Split('?')[0];
                if (Match(routes, method, route) is not { } info)
                    continue;
                Compare($"{method} {route}", info, response, faults);
                compared++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{compared} responses compared");
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(40)));
        Assert.True(compared > 100, $"only {compared} responses were compared");
    }

    private static void Compare(string what, JsonTypeInfo info, string response, List<string> faults)
    {
        string written;
        try
        {
            written = JsonSerializer.Serialize(JsonSerializer.Deserialize(response, info), info);
        }
        catch (JsonException exception)
        {
            faults.Add($"{what}: {exception.Message}");
            return;
        }

        if (written != response && Normalize(written) != Normalize(response))
            faults.Add($"{what}:\n  was {Around(response, written)}\n  now {Around(written, response)}");
    }

    // Numbers compare by value. Order does not count: the reference itself writes a block document's schema in changing orders.
    private static string Normalize(string json) => Normalize(JsonNode.Parse(json))?.ToJsonString() ?? "null";

    private static JsonNode? Normalize(JsonNode? node) => node switch
    {
        JsonObject item => new JsonObject(item.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, Normalize(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Normalize)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => JsonValue.Create(value.GetValue<JsonElement>().GetDouble()),
        _ => node?.DeepClone(),
    };

    private static string Around(string text, string other)
    {
        var at = 0;
        while (at < text.Length && at < other.Length && text[at] == other[at])
            at++;
        return text[Math.Max(0, at - 80)..Math.Min(text.Length, at + 60)];
    }

    private static JsonTypeInfo? Match(List<(string Method, string[] Segments, JsonTypeInfo Info)> routes, string method, string path)
    {
        var segments = path.Split('/');
        return routes
            .Where(route => route.Method == method && route.Segments.Length == segments.Length)
            .Where(route => route.Segments.Zip(segments).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second))
            .OrderBy(route => route.Segments.Count(segment => segment.StartsWith('{')))
            .Select(route => route.Info)
            .FirstOrDefault();
    }

    private static List<(string Method, string[] Segments, JsonTypeInfo Info)> ReadRoutes(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        var routes = new List<(string, string[], JsonTypeInfo)>();
        foreach (var route in document.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in route.Value.EnumerateObject())
            {
                foreach (var response in operation.Value.GetProperty("responses").EnumerateObject())
                {
                    if (response.Name.StartsWith('2')
                        && response.Value.TryGetProperty("content", out var content)
                        && content.TryGetProperty("application/json", out var json)
                        && SchemaTypes.OfResponse(json.GetProperty("schema")) is { } info)
                        routes.Add((operation.Name.ToUpperInvariant(), ("/api" + route.Name).Split('/'), info));
                }
            }
        }

        return routes;
    }
}
