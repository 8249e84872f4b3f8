using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Orchestration.Rules;

/// <summary>
/// A task runs only with a slot of every limit on its tags: all are decided on before any is taken. A limit the task
/// already holds a slot of asks for no second one.
/// </summary>
internal sealed class SecureTaskSlots() : Rule<TaskTransition>(StateSet.All, StateSet.Of(StateType.Running))
{
    public override void Before(TaskTransition transition)
    {
        var limits = new List<SlotLimit>();
        foreach (var limit in transition.Facts.TagLimits)
        {
            if (limit.Active)
            {
                limits.Add(limit);
            }
        }

        var legacy = LegacyLimitsInForce(transition.Facts.LegacyTagLimits, limits);
        if (!CanHaveAll(transition, limits) || !CanHaveAllLegacy(transition, legacy))
        {
            return;
        }

        List<Guid> wanted = [.. NotHeld(transition, limits).Select(static limit => limit.Id)];
        if (wanted.Count > 0)
        {
            var lease = transition.Context.Source.NewId();
            transition.Write(new TakeSlots(wanted, 1, lease, DeploymentSlots.WithoutRenewal, LeaseHolder.TaskRun(transition.Run.Id)));
        }

        foreach (var limit in legacy)
        {
            if (!limit.Holders.Contains(transition.Run.Id))
            {
                transition.Write(new AddTagHolder(limit.Id, transition.Run.Id));
            }
        }
    }

    public override void Cleanup(TaskTransition transition) => transition.ForgetTakenSlots();

    /// <summary>The old rows count, all of them, once one of their tags has no limit of the new kind.</summary>
    private static IReadOnlyList<LegacyTagLimit> LegacyLimitsInForce(IReadOnlyList<LegacyTagLimit> legacy, List<SlotLimit> limits)
    {
        foreach (var row in legacy)
        {
            if (!limits.Exists(limit => limit.Name.AsSpan(SlotMath.TagPrefix.Length).SequenceEqual(row.Tag)))
            {
                return legacy;
            }
        }

        return [];
    }

    private static IEnumerable<SlotLimit> NotHeld(TaskTransition transition, List<SlotLimit> limits) =>
        limits.Where(limit => !transition.Facts.HeldLeases.Any(lease => lease.LimitIds.Contains(limit.Id)));

    private static bool CanHaveAll(TaskTransition transition, List<SlotLimit> limits)
    {
        foreach (var limit in limits)
        {
            if (limit.Limit == 0)
            {
                AbortOnZero(transition, limit.Name[SlotMath.TagPrefix.Length..]);
                return false;
            }
        }

        if (NotHeld(transition, limits).All(limit => SlotMath.HasFree(limit, 1, transition.Now)))
        {
            return true;
        }

        var fullest = limits.MaxBy(static limit => (double)limit.ActiveSlots / limit.Limit)!;
        var maximum = transition.Context.Settings.TagSlotWait.TotalSeconds;
        var average = fullest.AvgSlotOccupancySeconds > 0 ? Math.Min(fullest.AvgSlotOccupancySeconds, maximum) : maximum;
        var delay = average > 0
            ? PoissonInterval.Draw(average, PoissonInterval.DefaultFactor, transition.Context.Source.NextUniform())
            : 0;
        var tags = string.Join(", ", limits.Select(static limit => limit.Name[SlotMath.TagPrefix.Length..]));
        transition.Delay((int)Math.Round(delay, MidpointRounding.ToEven), $"Concurrency limit reached for tags: {tags}");
        return false;
    }

    private static bool CanHaveAllLegacy(TaskTransition transition, IReadOnlyList<LegacyTagLimit> legacy)
    {
        foreach (var limit in legacy)
        {
            if (limit.Limit == 0)
            {
                AbortOnZero(transition, limit.Tag);
                return false;
            }

            if (limit.Holders.Count >= limit.Limit && !limit.Holders.Contains(transition.Run.Id))
            {
                transition.Delay(
                    (int)transition.Context.Settings.TagSlotWait.TotalSeconds,
                    $"Concurrency limit for the {limit.Tag} tag has been reached");
                return false;
            }
        }

        return true;
    }

    private static void AbortOnZero(TaskTransition transition, string tag) =>
        transition.Abort($"The concurrency limit on tag \"{tag}\" is 0 and will deadlock if the task tries to run again.");
}
