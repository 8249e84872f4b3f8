namespace Reeve.Core.Schedules;

/// <summary>
/// Instants at which something is due. Immutable and safe for any number of threads; parse once, keep, share.
/// </summary>
/// <remarks>
/// Every engine jumps to the asked instant: the cost depends on how many instants are taken, never on how long ago the
/// schedule began. Results carry the offset of the schedule's own zone, because the wall time is part of idempotency keys.
/// </remarks>
public abstract class Schedule
{
    private protected Schedule(string? timeZone) => TimeZone = timeZone;

    /// <summary>The zone as it was given: an IANA name, the empty text, or null.</summary>
    public string? TimeZone { get; }

    /// <summary>
    /// The instants the scheduler asks for, in the order the schedule generates them, lazily.
    /// </summary>
    /// <param name="n">How many at most; null means 1, or 1000 when there is an end. At least one candidate is always looked at.</param>
    /// <param name="start">No instant before this one, except that a cron schedule asked inside the second pass of a repeated
    /// hour answers from the first pass.</param>
    /// <param name="end">Inclusive; the first instant beyond it ends the sequence. Null: no end.</param>
    /// <exception cref="ScheduleEvaluationException">While enumerating: there is no next instant and there never will be.</exception>
    public IEnumerable<DateTimeOffset> GetDates(int? n, DateTimeOffset start, DateTimeOffset? end)
    {
        int wanted = n ?? (end is null ? 1 : ScheduleLimits.DefaultCountWithEnd);
        int taken = 0;
        int looked = 0;
        foreach (var candidate in Candidates(start))
        {
            if (end is { } last && candidate.UtcTicks > last.UtcTicks)
                yield break;

            if (!candidate.IsDuplicate)
            {
                taken++;
                yield return candidate.ToDateTimeOffset();
            }

            if (taken >= wanted || ++looked >= ScheduleLimits.MaxCandidates)
                yield break;
        }
    }

    /// <summary>All instants after the given one, as the schedule generates them, without end and without duplicates.</summary>
    /// <param name="after">Where to begin.</param>
    /// <param name="inclusive">Whether <paramref name="after"/> itself counts.</param>
    /// <exception cref="ScheduleEvaluationException">While enumerating: there is no next instant and there never will be.</exception>
    public IEnumerable<DateTimeOffset> OccurrencesAfter(DateTimeOffset after, bool inclusive)
    {
        foreach (var candidate in Candidates(after))
        {
            bool wanted = inclusive ? candidate.UtcTicks >= after.UtcTicks : candidate.UtcTicks > after.UtcTicks;
            if (wanted && !candidate.IsDuplicate)
                yield return candidate.ToDateTimeOffset();
        }
    }

    /// <summary>What a bound without an offset means to this kind of schedule.</summary>
    /// <param name="wall">Digits of a date and time; its kind is ignored.</param>
    public virtual DateTimeOffset ResolveNaive(DateTime wall) => new(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified), TimeSpan.Zero);

    /// <summary>Candidates in generation order, beginning at or after the start; duplicates are marked, not left out, because they count.</summary>
    private protected abstract IEnumerable<Candidate> Candidates(DateTimeOffset start);
}
