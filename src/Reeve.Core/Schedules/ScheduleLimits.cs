namespace Reeve.Core.Schedules;

/// <summary>Limits that clients can notice.</summary>
public static class ScheduleLimits
{
    /// <summary>Longest accepted RRULE text, in characters.</summary>
    public const int MaxRRuleLength = 6500;

    /// <summary>Instants given when an end, but no number, is asked for.</summary>
    public const int DefaultCountWithEnd = 1000;

    /// <summary>Candidates looked at in one <see cref="Schedule.GetDates"/>, duplicates included.</summary>
    public const int MaxCandidates = 1002;

    /// <summary>Calendar years a cron expression is searched ahead for its next match.</summary>
    public const int CronHorizonYears = 50;
}
