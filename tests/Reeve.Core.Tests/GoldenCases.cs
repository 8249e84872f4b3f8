using System.Text.Json;

namespace Reeve.Core.Tests;

/// <summary>Cases with the answers that the reference implementation gave, one JSON object a line.</summary>
internal static class GoldenCases
{
    public static IReadOnlyList<JsonElement> Read(string folder)
    {
        using var stream = typeof(GoldenCases).Assembly.GetManifestResourceStream(folder + "/golden.jsonl")!;
        using var reader = new StreamReader(stream);
        var cases = new List<JsonElement>();
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            cases.Add(document.RootElement.Clone());
        }

        return cases;
    }

    /// <summary>Fails with the first differences, and how many there are.</summary>
    public static void AssertNone(IReadOnlyCollection<string> differences, int total)
    {
        Assert.NotEqual(0, total);
        Assert.True(differences.Count == 0, $"{differences.Count} of {total} differ:\n{string.Join("\n\n", differences.Take(25))}");
    }
}
