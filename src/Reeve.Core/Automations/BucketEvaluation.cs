namespace Reeve.Core.Automations;

/// <summary>Decides what an event, or the passing of time, makes of a trigger's bucket. Pure: see automations.md §3 for the rules by number.</summary>
public static class BucketEvaluation
{
    /// <summary>How late the events of a bucket that nothing but they open may come.</summary>
    public static readonly TimeSpan OutOfOrder = TimeSpan.FromMinutes(15);

    /// <summary>Takes an event that the trigger covers into the bucket of its key.</summary>
    public static BucketOutcome Observe(EventRule rule, Bucket? bucket, ObservedEvent told)
    {
        var starts = rule.Starts(told.Name);
        var expects = rule.Expects(told.Name);
        if (starts) bucket = Ensure(bucket, told.Occurred, told.Occurred.Plus(rule.Within), expects ? -1 : 0, told.Json);
        else if (rule.After.Count == 0 && expects) bucket = Ensure(bucket, told.Occurred.Plus(-OutOfOrder), told.Occurred.Plus(rule.Within), 0, told.Json);
        if (!expects || bucket is null) return new BucketOutcome(bucket, []);
        return Evaluate(rule, bucket, told.Occurred, told);
    }

    /// <summary>Lets time pass over a bucket of a proactive trigger.</summary>
    public static BucketOutcome Elapse(EventRule rule, Bucket bucket, DateTimeOffset now) => Evaluate(rule, bucket, now, null);

    /// <summary>The bucket that a proactive trigger without keys always has.</summary>
    public static Bucket Standing(EventRule rule, Bucket? bucket, DateTimeOffset now) => bucket ?? Bucket.Ensured(now, now.Plus(rule.Within), 0, null);

    private static Bucket Ensure(Bucket? bucket, DateTimeOffset start, DateTimeOffset end, int count, RawJson told) =>
        bucket is null ? Bucket.Ensured(start, end, count, told) : bucket with { LastEvent = told };

    private static BucketOutcome Evaluate(EventRule rule, Bucket bucket, DateTimeOffset now, ObservedEvent? told)
    {
        var fired = new List<RawJson?>();
        var unspent = told is null ? 0 : 1;
        while (true)
        {
            if (now < bucket.Start) return new BucketOutcome(bucket, fired);
            if (unspent > 0 && (rule.IsImmediate || now < bucket.End))
            {
                bucket = bucket with { Count = bucket.Count + unspent, LastEvent = told!.Json, Operation = "increment_bucket[update]" };
                unspent = 0;
            }
            var ready = !rule.IsProactive || bucket.End <= now;
            var meets = rule.IsProactive ? bucket.Count < rule.Threshold : bucket.Count >= rule.Threshold;
            var fires = ready && meets;
            if (fires) fired.Add(told?.Json ?? bucket.LastEvent);
            else if (now < bucket.End)
            {
                // An event that both answers the wait and begins the next one.
                var again = told is not null && rule.IsProactive && !meets && rule.Starts(told.Name) && rule.Expects(told.Name);
                return new BucketOutcome(again ? Bucket.Started(told!.Occurred, told.Occurred.Plus(rule.Within), 0, told.Json, over: false) : bucket, fired);
            }
            if (rule.After.Count > 0) return new BucketOutcome(null, fired);
            if (rule.Within == TimeSpan.Zero) return new BucketOutcome(fires ? null : bucket, fired);
            var start = bucket.End > now ? bucket.End : now;
            var evaluatesAgain = !rule.IsProactive && unspent > 0;
            bucket = Bucket.Started(start, start.Plus(rule.Within), evaluatesAgain ? 0 : unspent, null, over: !fires);
            if (!evaluatesAgain) return new BucketOutcome(bucket, fired);
        }
    }
}
