namespace Reeve.Contract.Deployments;

public sealed class RRuleSchedule : Schedule
{
    public string Rrule { get; set; } = "";

    public string? Timezone { get; set; } = "UTC";
}
