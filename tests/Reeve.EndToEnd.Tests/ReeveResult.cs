using System.Text.Json;

namespace Reeve.EndToEnd.Tests;

/// <summary>What a command came to.</summary>
internal sealed record ReeveResult(string Command, int Code, string Out, string Error)
{
    public JsonElement Json()
    {
        using var json = JsonDocument.Parse(Out);
        return json.RootElement.Clone();
    }

    public override string ToString() => $"reeve {Command}\nexit code {Code}\n--- out\n{Out}\n--- error\n{Error}";
}
