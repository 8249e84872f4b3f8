using System.Text.Json.Serialization;

namespace Reeve.Contract.Deployments;

/// <summary>When a deployment runs: <see cref="IntervalSchedule"/>, <see cref="CronSchedule"/> or <see cref="RRuleSchedule"/>, told apart by their members.</summary>
[JsonConverter(typeof(ScheduleConverter))]
public abstract class Schedule
{
    private protected Schedule()
    {
    }
}
