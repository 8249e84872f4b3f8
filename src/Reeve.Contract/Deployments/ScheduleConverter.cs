using Reeve.Contract.Json;

namespace Reeve.Contract.Deployments;

internal sealed class ScheduleConverter : UnionConverter<Schedule>
{
    protected override string? Discriminator => null;

    protected override Type? Choose(string? discriminator, IReadOnlySet<string> members)
        => members.Contains("cron") ? typeof(CronSchedule)
            : members.Contains("rrule") ? typeof(RRuleSchedule)
            : members.Contains("interval") ? typeof(IntervalSchedule)
            : null;
}
