using Reeve.Cli.Output;
using Reeve.Contract.Deployments;

namespace Reeve.Cli.Commands.Deployments;

/// <summary>A schedule in a few words.</summary>
internal static class ScheduleText
{
    public static string Of(Schedule schedule) => schedule switch
    {
        CronSchedule cron => $"cron {cron.Cron}{Zone(cron.Timezone)}",
        IntervalSchedule interval => $"every {TimeText.Span(interval.Interval)}{Zone(interval.Timezone)}",
        RRuleSchedule rule => $"rrule {rule.Rrule.Replace('\n', ' ')}{Zone(rule.Timezone)}",
        _ => schedule.ToString() ?? "",
    };

    private static string Zone(string? zone) => zone is null or "UTC" ? "" : $" {zone}";
}
