using Reeve.Core.Automations;

namespace Reeve.Core.Tests.Automations;

public sealed class BucketEvaluationTests
{
    /// <summary>Events are <c>name@second</c>; a number alone lets time pass. The result lists after each step whether the trigger fired.</summary>
    [Theory]
    // Reactive, no window.
    [InlineData("a", "", false, 1, 0, "a@0 a@1 b@2 a@3", "1 1 0 1")]
    [InlineData("a", "", false, 3, 0, "a@0 a@1 a@2 a@3 a@4 a@5", "0 0 1 0 0 1")]
    // A window: after firing nothing is taken until it has ended.
    [InlineData("a", "", false, 1, 10, "a@0 a@5 a@9 a@10 a@11", "1 0 0 1 0")]
    [InlineData("a", "", false, 2, 10, "a@0 a@5 a@6 a@12 a@13", "0 1 0 0 1")]
    [InlineData("a", "", false, 2, 10, "a@0 a@11 a@12", "0 0 1")]
    // Late events count up to fifteen minutes back in a first bucket.
    [InlineData("a", "", false, 2, 10, "a@0 a@-800", "0 1")]
    [InlineData("a", "", false, 2, 10, "a@0 a@-1000", "0 0")]
    // After, then expect.
    [InlineData("b", "a", false, 1, 10, "b@0 a@1 b@2 b@3", "0 0 1 0")]
    [InlineData("b", "a", false, 1, 10, "a@0 b@11", "0 0")]
    [InlineData("a", "a", false, 1, 10, "a@0 a@1", "0 1")]
    [InlineData("a", "a", false, 2, 10, "a@0 a@1 a@2", "0 0 1")]
    // Proactive: absence.
    [InlineData("b", "a", true, 1, 10, "a@0 9 10", "0 0 1")]
    [InlineData("b", "a", true, 1, 10, "a@0 b@5 10", "0 0 0")]
    [InlineData("a", "", true, 1, 10, "a@0 10 20 30", "0 0 1 1")]
    [InlineData("b", "a", true, 2, 10, "a@0 b@5 10", "0 0 1")]
    // The event that answers the wait begins the next one.
    [InlineData("a", "a", true, 1, 10, "a@0 a@5 a@9 18 19", "0 0 0 0 1")]
    public void Steps(string expect, string after, bool proactive, int threshold, double within, string steps, string fired)
    {
        var rule = Rules.Event(expect, after, proactive, threshold, within);
        Bucket? bucket = null;
        var counts = new List<int>();
        foreach (var step in steps.Split(' '))
        {
            var parts = step.Split('@');
            BucketOutcome outcome;
            if (parts.Length == 1)
            {
                outcome = bucket is null ? new BucketOutcome(null, []) : BucketEvaluation.Elapse(rule, bucket, Rules.At(int.Parse(parts[0])));
            }
            else
            {
                var told = Rules.Told(parts[0], int.Parse(parts[1]));
                outcome = rule.Covers(told) ? BucketEvaluation.Observe(rule, bucket, told) : new BucketOutcome(bucket, []);
            }
            bucket = outcome.Bucket;
            counts.Add(outcome.Fired.Count);
        }
        Assert.Equal(fired, string.Join(' ', counts));
    }

    [Fact]
    public void An_opening_event_that_would_count_does_not()
    {
        var outcome = BucketEvaluation.Observe(Rules.Event("a", "a", threshold: 5, within: 10), null, Rules.Told("a"));

        Assert.Equal(0, outcome.Bucket!.Count);
        Assert.Equal(Rules.At(0), outcome.Bucket.Start);
        Assert.Equal(Rules.At(10), outcome.Bucket.End);
    }

    [Fact]
    public void A_proactive_firing_names_the_last_event_seen()
    {
        var rule = Rules.Event("b", "a", proactive: true, within: 10);
        var bucket = BucketEvaluation.Observe(rule, null, Rules.Told("a", 1)).Bucket!;

        Assert.Equal(RawJson.FromTrusted("\"a@1\""), Assert.Single(BucketEvaluation.Elapse(rule, bucket, Rules.At(11)).Fired));
    }

    [Fact]
    public void After_a_reactive_firing_the_next_window_begins_at_the_end_of_the_last()
    {
        var outcome = BucketEvaluation.Observe(Rules.Event("a", within: 10), null, Rules.Told("a", 3));

        Assert.Equal((Rules.At(13), Rules.At(23), 0), (outcome.Bucket!.Start, outcome.Bucket.End, outcome.Bucket.Count));
        Assert.Null(outcome.Bucket.LastEvent);
    }

    [Fact]
    public void A_standing_bucket_counts_from_when_it_was_made()
    {
        var rule = Rules.Event("a", proactive: true, within: 10);
        var bucket = BucketEvaluation.Standing(rule, null, Rules.At(0));

        Assert.Empty(BucketEvaluation.Elapse(rule, bucket, Rules.At(9)).Fired);
        var outcome = BucketEvaluation.Elapse(rule, bucket, Rules.At(10));
        Assert.Null(Assert.Single(outcome.Fired));
        Assert.Equal(Rules.At(20), outcome.Bucket!.End);
    }
}
