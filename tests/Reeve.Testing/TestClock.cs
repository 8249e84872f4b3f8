using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace Reeve.Testing;

/// <summary>
/// A clock that only the test moves, and that tells when the code under test has begun to wait on it: first wait for the
/// timer, then advance, and nothing is left to chance.
/// </summary>
public sealed class TestClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>Where a test's time begins unless it matters: a Monday, noon UTC.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly Observed<TimeSpan> armed = new("timers of the test clock");

    public TestClock() : this(Noon)
    {
    }

    /// <summary>A clock at an ISO 8601 instant.</summary>
    public static TestClock At(string instant) =>
        new(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    /// <summary>How many timers were armed so far; pass it to <see cref="TimerArmedAsync"/> to wait for a later one.</summary>
    public int TimersArmed => armed.Items.Count;

    /// <summary>Waits, in real time, until more than <paramref name="after"/> timers were armed.</summary>
    /// <returns>The delay the latest was armed with.</returns>
    public async Task<TimeSpan> TimerArmedAsync(int after, string phase, TimeSpan? limit = null)
    {
        var due = await armed.AtLeastAsync(after + 1, _ => true, phase, $"more than {after} timers", limit);
        return due[^1];
    }

    /// <summary>Waits for the next timer after <paramref name="after"/> and moves exactly to its time.</summary>
    public async Task AdvanceToTimerAsync(int after, string phase) => Advance(await TimerArmedAsync(after, phase));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ObservedTimer(base.CreateTimer(callback, state, dueTime, period), armed);
        timer.Note(dueTime);
        return timer;
    }

    private sealed class ObservedTimer(ITimer inner, Observed<TimeSpan> armed) : ITimer
    {
        public void Note(TimeSpan dueTime)
        {
            if (dueTime != Timeout.InfiniteTimeSpan)
                armed.Add(dueTime);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = inner.Change(dueTime, period);
            Note(dueTime);
            return changed;
        }

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
