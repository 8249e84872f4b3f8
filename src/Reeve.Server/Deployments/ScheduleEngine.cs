using System.Collections.Concurrent;
using System.Text.Json;
using Reeve.Contract;
using Reeve.Core;
using Reeve.Core.Schedules;
using Wire = Reeve.Contract.Deployments;

namespace Reeve.Server.Deployments;

/// <summary>From a stored schedule to the engine that says when it is due.</summary>
internal static class ScheduleEngine
{
    private const int MostKept = 4096;

    // An engine depends on the text alone and never changes, so it is kept by the text.
    private static readonly ConcurrentDictionary<RawJson, Schedule> Kept = new();

    /// <exception cref="ScheduleFormatException">The stored schedule cannot be read.</exception>
    public static Schedule Of(RawJson stored)
    {
        if (Kept.TryGetValue(stored, out var known)) return known;
        var wire = JsonSerializer.Deserialize(stored.Utf8.Span, ReeveJson.TypeInfo<Wire.Schedule>())
            ?? throw new ScheduleFormatException(null, "The stored schedule is null", "Give the deployment another schedule.");
        var engine = Parse(wire);
        if (Kept.Count >= MostKept) Kept.Clear();
        Kept[stored] = engine;
        return engine;
    }

    /// <exception cref="ScheduleFormatException">The schedule cannot be accepted.</exception>
    public static Schedule Parse(Wire.Schedule schedule) => schedule switch
    {
        Wire.CronSchedule cron => CronSchedule.Parse(cron.Cron, cron.Timezone, cron.DayOr),
        Wire.RRuleSchedule rule => RRuleSchedule.Parse(rule.Rrule, rule.Timezone),
        Wire.IntervalSchedule { AnchorDate: { } anchor } interval => IntervalSchedule.Create(interval.Interval, anchor, interval.Timezone),
        Wire.IntervalSchedule => throw new ScheduleFormatException("anchor_date", "The interval has no anchor", "Give an anchor_date."),
        _ => throw new ScheduleFormatException(null, "A schedule needs one of interval, cron and rrule", "Give exactly one of them."),
    };
}
