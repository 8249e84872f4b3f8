using System.Text.Json;
using Reeve.Core;

namespace Reeve.Server.FlowRuns;

/// <summary>Reads out of a task run's inputs which runs they refer to.</summary>
internal static class FlowRunGraphInputs
{
    private const string Parents = "__parents__";

    public static List<(Guid Id, bool Encapsulates)> Read(RawJson inputs)
    {
        var found = new List<(Guid, bool)>();
        if (inputs.IsNull) return found;
        using var document = inputs.ToDocument();
        if (document.RootElement.ValueKind != JsonValueKind.Object) return found;
        foreach (var argument in document.RootElement.EnumerateObject())
        {
            if (argument.Value.ValueKind != JsonValueKind.Array) continue;
            var encapsulates = argument.NameEquals(Parents);
            foreach (var input in argument.Value.EnumerateArray())
            {
                if (input.ValueKind == JsonValueKind.Object && input.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.TryGetGuid(out var run))
                {
                    found.Add((run, encapsulates));
                }
            }
        }
        return found;
    }
}
