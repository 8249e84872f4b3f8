using Reeve.Core.Automations;

namespace Reeve.Server.Automations.Explaining;

/// <summary>What a trigger waits for, in one sentence.</summary>
internal static class TriggerWords
{
    public static string Of(TriggerRule rule) => rule switch
    {
        EventRule told => Of(told),
        CompositeRule { IsSequence: true } sequence => $"its {sequence.Children.Count} triggers fire in their order{Within(sequence.Within)}",
        CompositeRule composite => $"{composite.Required} of its {composite.Children.Count} triggers fire{Within(composite.Within)}",
        _ => "",
    };

    private static string Of(EventRule rule)
    {
        var expected = rule.Expect.Count == 0 ? "any event" : string.Join(" or ", rule.Expect.Select(static one => one.Text));
        var count = rule.Threshold == 1 ? expected : $"{rule.Threshold} × {expected}";
        var what = rule.IsProactive
            ? rule.Threshold == 1 ? $"{expected} stays away" : $"fewer than {count} come"
            : $"{count} {(rule.Threshold == 1 ? "comes" : "come")}";
        var after = rule.After.Count == 0 ? "" : $" after {string.Join(" or ", rule.After.Select(static one => one.Text))}";
        var each = rule.ForEach.Count == 0 ? "" : $", for each {string.Join(" and ", rule.ForEach)}";
        var within = rule.Within == TimeSpan.Zero ? "" : Within(rule.Within, rule is { IsProactive: true, Threshold: 1 } ? "for" : "within");
        return what + after + within + each;
    }

    private static string Within(TimeSpan? within, string word = "within") => within is { } span ? $" {word} {span.TotalSeconds:0.###} seconds" : "";
}
