using System.Text.Json;
using Reeve.Contract.Json;
using Reeve.Core.JsonSchema;
using Reeve.Core.Templates;

namespace Reeve.Contract.OpenApi;

internal static class DeploymentChecks
{
    private const int MostRetryDelays = 50;

    public static CheckFault? OneLimit(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\"global_concurrency_limit_id\""u8) < 0) return null;
        using var document = CheckText.Parse(json);
        return CheckText.Has(document.RootElement, "concurrency_limit", out _) && CheckText.Has(document.RootElement, "global_concurrency_limit_id", out _)
            ? new CheckFault("A deployment has either a concurrency limit of its own or a global one: send concurrency_limit or global_concurrency_limit_id, not both.")
            : null;
    }

    public static CheckFault? BaseJobTemplate(ReadOnlySpan<byte> json)
    {
        using var document = CheckText.Parse(json);
        var template = document.RootElement;
        if (template.EnumerateObject().MoveNext() is false) return null;
        if (!IsFilled(template, "job_configuration") || !IsFilled(template, "variables"))
        {
            return new CheckFault("A base job template needs both job_configuration and variables, neither of them empty; {} leaves the template out.");
        }
        var undeclared = JobTemplates.UndeclaredVariables((JsonMap)JsonTree.From(template)!);
        return undeclared.Count == 0
            ? null
            : new CheckFault($"The job configuration uses variables that are not declared: {string.Join(", ", undeclared)}. Add them to variables.properties.");
    }

    public static CheckFault? RetryDelay(ReadOnlySpan<byte> json)
    {
        if (json[0] != '[') return null;
        var reader = CheckText.Reader(json);
        reader.Read();
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) count++;
        return count <= MostRetryDelays ? null : new CheckFault($"A task can have at most {MostRetryDelays} retry delays, not {count}.");
    }

    public static CheckFault? RetryJitter(ReadOnlySpan<byte> json)
    {
        var reader = CheckText.Reader(json);
        reader.Read();
        return WireNumber.TryReadReal(ref reader, out var factor) && factor < 0 ? new CheckFault("retry_jitter_factor must be 0 or more.") : null;
    }

    private static bool IsFilled(JsonElement template, string name) => template.TryGetProperty(name, out var part) && part.ValueKind switch
    {
        JsonValueKind.Object => part.EnumerateObject().MoveNext(),
        JsonValueKind.Array or JsonValueKind.String => part.GetRawText().Length > 2,
        JsonValueKind.Number => part.GetDouble() != 0,
        JsonValueKind.True => true,
        _ => false,
    };
}
