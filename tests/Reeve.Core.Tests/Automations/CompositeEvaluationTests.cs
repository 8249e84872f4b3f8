using Reeve.Core.Automations;

namespace Reeve.Core.Tests.Automations;

public sealed class CompositeEvaluationTests
{
    /// <summary>Steps are <c>child@second</c>, children by their number; the result lists whether the trigger fired.</summary>
    [Theory]
    [InlineData(3, 1, false, null, "0@0 1@1 0@2", "1 1 1")]
    [InlineData(3, 2, false, null, "0@0 0@1 2@2 1@3", "0 0 1 0")]
    [InlineData(3, 3, false, null, "0@0 1@1 2@2 2@3", "0 0 1 0")]
    [InlineData(2, 2, false, 10.0, "0@0 1@11 0@12", "0 0 1")]
    [InlineData(2, 2, false, 10.0, "0@0 1@10", "0 1")]
    [InlineData(2, 2, true, null, "0@0 1@1", "0 1")]
    [InlineData(2, 2, true, null, "1@0 0@1 1@2", "0 0 1")]
    [InlineData(3, 3, true, null, "0@0 2@1 1@2 2@3", "0 0 0 1")]
    [InlineData(2, 2, true, 5.0, "0@0 1@6 0@7 1@8", "0 0 0 1")]
    public void Steps(int children, int required, bool sequence, double? within, string steps, string fired)
    {
        var leaves = Enumerable.Range(0, children).Select(_ => Rules.Event("a")).ToList();
        var rule = new CompositeRule(Guid.NewGuid(), [.. leaves], required, sequence, within is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        IReadOnlyList<ChildFiring> kept = [];
        var answers = new List<int>();
        foreach (var step in steps.Split(' '))
        {
            var parts = step.Split('@');
            var firing = new ChildFiring(leaves[int.Parse(parts[0])].Id, Guid.NewGuid(), Rules.At(int.Parse(parts[1])), RawJson.None);
            var outcome = CompositeEvaluation.Deliver(rule, kept, firing);
            kept = outcome.Kept;
            answers.Add(outcome.Causes is null ? 0 : 1);
            if (outcome.Causes is not null) Assert.Equal(required, outcome.Causes.Count);
        }
        Assert.Equal(fired, string.Join(' ', answers));
    }

    [Fact]
    public void Children_know_their_parents()
    {
        var leaf = Rules.Event("a");
        var inner = new CompositeRule(Guid.NewGuid(), [leaf], 1, isSequence: true, null);
        var outer = new CompositeRule(Guid.NewGuid(), [inner, Rules.Event("b")], 2, isSequence: false, null);

        Assert.Same(inner, leaf.Parent);
        Assert.Same(outer, inner.Parent);
        Assert.Null(outer.Parent);
        Assert.Equal(2, outer.Leaves.Count());
        Assert.Equal(4, outer.All.Count());
    }
}
