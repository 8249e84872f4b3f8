namespace Reeve.Core.Automations;

/// <summary>A trigger that waits for events, or, proactive, for their absence.</summary>
public sealed class EventRule : TriggerRule
{
    private readonly string[] _covers;

    public EventRule(
        Guid id, ResourceRule match, IReadOnlyList<ResourceRule> matchRelated, IEnumerable<string> after, IEnumerable<string> expect,
        IEnumerable<string> forEach, bool isProactive, int threshold, TimeSpan within)
        : base(id)
    {
        Match = match;
        MatchRelated = matchRelated;
        After = [.. after.Select(static text => new LabelPattern(text))];
        Expect = [.. expect.Select(static text => new LabelPattern(text))];
        ForEach = [.. forEach.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        IsProactive = isProactive;
        Threshold = threshold;
        Within = within;
        // A star stands for at least one character here, and the name may go on after the pattern.
        _covers = [.. Expect.Concat(After).Select(static pattern => pattern.Text.Replace("*", "?*", StringComparison.Ordinal) + "*")];
    }

    public ResourceRule Match { get; }

    /// <summary>Each must be met by some related resource.</summary>
    public IReadOnlyList<ResourceRule> MatchRelated { get; }

    /// <summary>Events that open a bucket; without any, the first expected event does.</summary>
    public IReadOnlyList<LabelPattern> After { get; }

    /// <summary>Events that are counted; none means all.</summary>
    public IReadOnlyList<LabelPattern> Expect { get; }

    /// <summary>Labels by whose values events are counted apart, sorted.</summary>
    public IReadOnlyList<string> ForEach { get; }

    public bool IsProactive { get; }

    public int Threshold { get; }

    public TimeSpan Within { get; }

    /// <summary>Counts whenever an event comes, without a window.</summary>
    public bool IsImmediate => !IsProactive && Within == TimeSpan.Zero;

    /// <summary>Fires with every event that it expects.</summary>
    public bool FiresAtOnce => IsImmediate && Threshold <= 1 && After.Count == 0;

    public override IEnumerable<EventRule> Leaves => [this];

    /// <summary>Whether the event concerns this trigger at all.</summary>
    public bool Covers(ObservedEvent told) => Miss(told) is null;

    /// <summary>Why an event does not concern this trigger, in words; null when it does.</summary>
    public string? Miss(ObservedEvent told)
    {
        if (!CoversName(told.Name)) return $"the event is named {told.Name}, which is neither expected nor waited for";
        if (Match.Miss(told.Resource) is { } label)
        {
            var value = told.Resource.TryGetValue(label, out var found) ? $"is {found}" : "is not there";
            return $"match: label {label} of the resource {value}, wanted {string.Join(" or ", Match.Labels[label])}";
        }
        foreach (var rule in MatchRelated)
        {
            if (!rule.MatchesOne(told.Related))
                return "match_related: no related resource has " + string.Join(" and ", rule.Labels.Select(static one => $"{one.Key} = {string.Join(" or ", one.Value)}"));
        }
        return null;
    }

    public bool Starts(string name) => After.Any(pattern => pattern.Matches(name));

    public bool Expects(string name) => Expect.Count == 0 || Expect.Any(pattern => pattern.Matches(name));

    /// <summary>The values of <see cref="ForEach"/> in an event; a missing one is empty.</summary>
    public IReadOnlyList<string> KeyOf(ObservedEvent told) => ForEach.Count == 0 ? [] : [.. ForEach.Select(label => told.Label(label) ?? "")];

    /// <summary>Whether an event of this name may concern the trigger. It may only begin like a name that is waited for.</summary>
    public bool CoversName(string name)
    {
        if (Expect.Count == 0) return name.Length > 0;
        foreach (var pattern in _covers)
        {
            if (Glob.Matches(pattern, name)) return true;
        }
        return false;
    }
}
