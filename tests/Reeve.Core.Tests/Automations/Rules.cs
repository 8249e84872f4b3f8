using System.Globalization;
using Reeve.Core.Automations;

namespace Reeve.Core.Tests.Automations;

/// <summary>Short ways to write triggers, events and buckets.</summary>
internal static class Rules
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset At(double seconds) => Noon.AddSeconds(seconds);

    public static EventRule Event(
        string expect = "", string after = "", bool proactive = false, int threshold = 1, double within = 0, string forEach = "",
        ResourceRule? match = null, params ResourceRule[] related) =>
        new(Guid.NewGuid(), match ?? ResourceRule.Any, related.Length == 0 ? [ResourceRule.Any] : related, Words(after), Words(expect), Words(forEach),
            proactive, threshold, TimeSpan.FromSeconds(within));

    public static ResourceRule Labels(params (string Label, string Patterns)[] labels) => new(labels.ToDictionary(
        label => label.Label, label => (IReadOnlyList<LabelPattern>)[.. Words(label.Patterns).Select(text => new LabelPattern(text))]));

    public static ObservedEvent Told(string name, double second = 0, string resource = "thing.1", params IReadOnlyDictionary<string, string>[] related) => new(
        Guid.NewGuid(), name, At(second), new Dictionary<string, string> { ["prefect.resource.id"] = resource, ["color"] = "red" }, related,
        () => RawJson.FromTrusted(string.Create(CultureInfo.InvariantCulture, $"\"{name}@{second}\"")));

    public static Dictionary<string, string> Related(string id, string role) => new() { ["prefect.resource.id"] = id, ["prefect.resource.role"] = role };

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
