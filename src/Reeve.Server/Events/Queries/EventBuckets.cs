using System.Globalization;
using Reeve.Contract.Events;

namespace Reeve.Server.Events.Queries;

/// <summary>The spans of time that events are counted by: equal ones, on a grid that every server has alike. See events.md §7.3.</summary>
internal sealed class EventBuckets
{
    private const int Most = 1000;

    /// <summary>A Monday. The grid starts here.</summary>
    private static readonly DateTimeOffset Origin = new(2024, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DateTimeOffset _until;

    private EventBuckets(DateTimeOffset first, TimeSpan width, DateTimeOffset until)
    {
        First = first;
        Width = width;
        _until = until;
    }

    /// <summary>Start of the first bucket.</summary>
    public DateTimeOffset First { get; }

    public TimeSpan Width { get; }

    /// <summary>Why these cannot be counted; null when they can.</summary>
    public static string? Problem(DateTimeOffset since, DateTimeOffset until, TimeUnit unit, double interval)
    {
        var buckets = Math.Ceiling((until - since) / Length(unit) / interval);
        if (buckets > Most)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The given interval would create {buckets:0} buckets, which is too many. ")
                + $"Please increase the interval or reduce the time range to produce {Most} buckets or fewer.";
        }
        return Length(unit).TotalDays * interval > 3_650_000 || (since - Origin) / Length(unit) / interval < long.MinValue
            ? "The given interval is longer than 3650000 days. Please decrease it." : null;
    }

    public static EventBuckets Of(DateTimeOffset since, DateTimeOffset until, TimeUnit unit, double interval, DateTimeOffset now)
    {
        var microseconds = Math.Max(1, (long)Math.Round(Length(unit).TotalMicroseconds * interval));
        var width = TimeSpan.FromMicroseconds(microseconds);
        var index = (long)Math.Floor((since - Origin).Ticks / (decimal)width.Ticks);
        var ticks = Math.Clamp((decimal)Origin.Ticks + (decimal)width.Ticks * index, 0, DateTimeOffset.MaxValue.Ticks);
        return new EventBuckets(new DateTimeOffset((long)ticks, TimeSpan.Zero), width, until > now ? EndOf(unit, now) : until);
    }

    /// <summary>Every bucket, with the count of those that have one.</summary>
    public List<EventCount> Fill(IReadOnlyDictionary<long, int> counts)
    {
        var filled = new List<EventCount>();
        for (var start = First; start < _until;)
        {
            var next = DateTimeOffset.MaxValue - start > Width ? start + Width : DateTimeOffset.MaxValue;
            filled.Add(new EventCount
            {
                Value = filled.Count.ToString(CultureInfo.InvariantCulture),
                Label = Label(start),
                Count = counts.GetValueOrDefault(filled.Count),
                StartTime = start,
                EndTime = next - TimeSpan.FromMicroseconds(1),
            });
            start = next;
        }
        return filled;
    }

    private static string Label(DateTimeOffset start) => start.ToString(
        start.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:sszzz" : "yyyy-MM-ddTHH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);

    private static TimeSpan Length(TimeUnit unit) => unit switch
    {
        TimeUnit.Week => TimeSpan.FromDays(7),
        TimeUnit.Day => TimeSpan.FromDays(1),
        TimeUnit.Hour => TimeSpan.FromHours(1),
        TimeUnit.Minute => TimeSpan.FromMinutes(1),
        _ => TimeSpan.FromSeconds(1),
    };

    /// <summary>The last microsecond of the unit that an instant is in; weeks end on Sunday.</summary>
    private static DateTimeOffset EndOf(TimeUnit unit, DateTimeOffset now)
    {
        var length = Length(unit).Ticks;
        var into = (now.UtcTicks - Origin.UtcTicks) % length;
        if (into < 0) into += length;
        return new DateTimeOffset(now.UtcTicks - into + length, TimeSpan.Zero) - TimeSpan.FromMicroseconds(1);
    }
}
