using System.Text.Json;
using Reeve.Contract.OpenApi;

namespace Reeve.Contract.Tests.OpenApi;

/// <summary>The recorded requests, with the operations they go to.</summary>
internal static class Recordings
{
    private static readonly List<(string Method, string Path, string[] Parts)> Routes =
        [.. OpenApiDocument.Index.Operations.Select(static key => key.Split(' ')).Select(static key => (key[0], key[1], key[1].Split('/')))];

    public static IEnumerable<Recording> Read()
    {
        if (SharedFiles.Find("conformance/rest.jsonl") is not { } file) yield break;
        foreach (var line in File.ReadLines(file))
        {
            using var scenario = JsonDocument.Parse(line);
            foreach (var step in scenario.RootElement.GetProperty("steps").EnumerateArray())
            {
                if (!step.TryGetProperty("method", out var method)) continue;
                var path = step.GetProperty("path").GetString()!.Split('?')[0]["/api".Length..];
                if (Route(method.GetString()!, path) is not { } template) continue;
                yield return new Recording(
                    scenario.RootElement.GetProperty("scenario").GetString()!, method.GetString()!, template,
                    step.GetProperty("body").GetString()!, step.GetProperty("status").GetInt32(), step.GetProperty("response").GetString()!);
            }
        }
    }

    private static string? Route(string method, string path)
    {
        var parts = path.Split('/');
        return Routes
            .Where(route => route.Method == method && route.Parts.Length == parts.Length && route.Parts.Zip(parts).All(static pair => pair.First == pair.Second || pair.First.StartsWith('{')))
            .OrderBy(static route => route.Parts.Count(static part => part.StartsWith('{')))
            .Select(static route => route.Path)
            .FirstOrDefault();
    }
}
