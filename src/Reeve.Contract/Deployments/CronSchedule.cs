namespace Reeve.Contract.Deployments;

public sealed class CronSchedule : Schedule
{
    public string Cron { get; set; } = "";

    public string? Timezone { get; set; }

    public bool DayOr { get; set; } = true;
}
