namespace Reeve.Core.Automations;

/// <summary>Reckoning with times that anybody may have written: what lies beyond the calendar is its first or last instant.</summary>
internal static class Instants
{
    public static DateTimeOffset Plus(this DateTimeOffset instant, TimeSpan span)
    {
        var ticks = instant.UtcTicks;
        if (span >= TimeSpan.Zero) return ticks > DateTimeOffset.MaxValue.Ticks - span.Ticks ? DateTimeOffset.MaxValue : new DateTimeOffset(ticks + span.Ticks, TimeSpan.Zero);
        return ticks + span.Ticks < 0 ? DateTimeOffset.MinValue : new DateTimeOffset(ticks + span.Ticks, TimeSpan.Zero);
    }
}
