namespace Reeve.Core.Schedules.Cron;

/// <summary>A read cron expression: for every field the values it allows. Not changed after parsing.</summary>
internal sealed class CronExpression
{
    /// <summary>The place of "last" among the ordinals of a weekday, after first to fifth.</summary>
    public const int LastOrdinal = 6;

    private readonly CronValues[] _values = [new(), new(), new(), new(), new(), new(), new()];

    public bool HasSeconds { get; init; }

    public bool HasYears { get; init; }

    /// <summary>Some field is drawn anew for each evaluation.</summary>
    public bool HasRandom { get; set; }

    /// <summary>For each weekday, Sunday first, a bit for each ordinal it is wanted with (1 to 5, 6 for last).</summary>
    public byte[] Ordinals { get; } = new byte[7];

    public bool HasOrdinalWeekdays => Ordinals.AsSpan().ContainsAnyExcept((byte)0);

    public CronValues Values(CronField field) => _values[(int)field];
}
