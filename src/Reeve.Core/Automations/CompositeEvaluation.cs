namespace Reeve.Core.Automations;

/// <summary>Decides what a child's firing makes of its composite trigger. Pure; see automations.md §5.</summary>
public static class CompositeEvaluation
{
    /// <param name="rule">The composite trigger.</param>
    /// <param name="kept">The newest firing of each child that is still waiting for others.</param>
    /// <param name="child">The firing that comes now.</param>
    public static CompositeOutcome Deliver(CompositeRule rule, IReadOnlyList<ChildFiring> kept, ChildFiring child)
    {
        if (rule.Required == 1) return new CompositeOutcome(kept, [child]);
        var oldest = rule.Within is { } within ? child.Triggered.Plus(-within) : DateTimeOffset.MinValue;
        var all = new List<ChildFiring>(kept.Count + 1);
        foreach (var other in kept)
        {
            if (other.ChildId != child.ChildId && other.Triggered >= oldest) all.Add(other);
        }
        all.Add(child);
        all.Sort(static (one, other) => one.Triggered.CompareTo(other.Triggered));
        return IsComplete(rule, all) ? new CompositeOutcome([], all) : new CompositeOutcome(all, null);
    }

    private static bool IsComplete(CompositeRule rule, List<ChildFiring> firings)
    {
        if (!rule.IsSequence) return firings.Count >= rule.Required;
        if (firings.Count != rule.Children.Count) return false;
        for (var i = 0; i < firings.Count; i++)
        {
            if (firings[i].ChildId != rule.Children[i].Id) return false;
        }
        return true;
    }
}
