using System.Text.Json;
using Reeve.Contract.Json;
using Reeve.Core.Templates;

namespace Reeve.Contract.OpenApi;

internal static class AutomationChecks
{
    private static readonly TimeSpan ShortestProactive = TimeSpan.FromSeconds(10);

    public static CheckFault? EventTrigger(ReadOnlySpan<byte> json)
    {
        using var document = CheckText.Parse(json);
        var trigger = document.RootElement;
        return CheckText.Text(trigger, "posture") == "Proactive"
            && CheckText.Has(trigger, "within", out var within)
            && Duration(within) is { } time && time > TimeSpan.Zero && time < ShortestProactive
            ? new CheckFault("A proactive trigger must wait at least 10 seconds: set within to 10 or more.", "within")
            : null;
    }

    public static CheckFault? CompoundTrigger(ReadOnlySpan<byte> json)
    {
        using var document = CheckText.Parse(json);
        if (!document.RootElement.TryGetProperty("require", out var require) || !IsCount(require, out var wanted)) return null;
        var count = document.RootElement.GetProperty("triggers").GetArrayLength();
        return wanted >= 1 && wanted <= count ? null : new CheckFault($"require must be 'any', 'all' or a number from 1 to {count}, the number of triggers.", "require");
    }

    public static CheckFault? NotNegative(ReadOnlySpan<byte> json)
    {
        var reader = CheckText.Reader(json);
        reader.Read();
        return DurationConverter.TryRead(ref reader, out var time) && time < TimeSpan.Zero ? new CheckFault("This duration cannot be negative.") : null;
    }

    public static CheckFault? TemplateText(ReadOnlySpan<byte> json) =>
        Template.Validate(json[0] == '{' ? System.Text.Encoding.UTF8.GetString(json) : CheckText.Of(json)) is { } problem ? new CheckFault($"This is not a valid template: {problem.Message}") : null;

    public static CheckFault? SelectedDeployment(ReadOnlySpan<byte> json) => Selected(json, "deployment_id");

    public static CheckFault? SelectedWorkPool(ReadOnlySpan<byte> json) => Selected(json, "work_pool_id");

    public static CheckFault? SelectedWorkQueue(ReadOnlySpan<byte> json) => Selected(json, "work_queue_id");

    public static CheckFault? SelectedAutomation(ReadOnlySpan<byte> json) => Selected(json, "automation_id");

    private static CheckFault? Selected(ReadOnlySpan<byte> json, string member)
    {
        using var document = CheckText.Parse(json);
        var selects = (CheckText.Text(document.RootElement, "source") ?? "selected") == "selected";
        var given = CheckText.Has(document.RootElement, member, out _);
        if (selects == given) return null;
        return new CheckFault(given ? $"{member} is not allowed when source is 'inferred': leave it out." : $"{member} is required when source is 'selected': add it, or set source to 'inferred'.");
    }

    private static TimeSpan? Duration(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number) return WireDuration.TryFromSeconds(value.GetDouble(), out var seconds) ? seconds : null;
        return WireDuration.TryParse(value.GetString(), out var time) ? time : null;
    }

    private static bool IsCount(JsonElement value, out long count)
    {
        var reader = CheckText.Reader(System.Text.Encoding.UTF8.GetBytes(value.GetRawText()));
        reader.Read();
        return WireNumber.TryReadInteger(ref reader, out count);
    }
}
