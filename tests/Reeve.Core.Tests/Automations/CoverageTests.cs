using Reeve.Core.Automations;

namespace Reeve.Core.Tests.Automations;

public sealed class CoverageTests
{
    [Theory]
    [InlineData("", "", "anything", true)]
    [InlineData("a.b", "", "a.b", true)]
    [InlineData("a.b", "", "a.c", false)]
    [InlineData("a.*", "", "a.b", true)]
    [InlineData("a.*", "", "a.", false)]
    [InlineData("a.*", "", "b.a.c", false)]
    [InlineData("x", "a.*", "a.b", true)]
    [InlineData("x y", "", "y", true)]
    public void Names_are_covered_by_what_is_expected_and_what_begins(string expect, string after, string name, bool covered) =>
        Assert.Equal(covered, Rules.Event(expect, after).Covers(Rules.Told(name)));

    [Theory]
    [InlineData("thing.*", true)]
    [InlineData("thing.1 other", true)]
    [InlineData("!thing.*", false)]
    [InlineData("!other.*", true)]
    [InlineData("", false)]
    public void The_resource_must_fit_one_of_the_values(string ids, bool covered) =>
        Assert.Equal(covered, Rules.Event(match: Rules.Labels(("prefect.resource.id", ids))).Covers(Rules.Told("a")));

    [Fact]
    public void All_labels_must_fit() =>
        Assert.False(Rules.Event(match: Rules.Labels(("prefect.resource.id", "thing.1"), ("color", "blue"))).Covers(Rules.Told("a")));

    [Fact]
    public void Each_related_rule_is_met_by_a_resource_of_its_own()
    {
        var flow = Rules.Labels(("prefect.resource.role", "flow"), ("prefect.resource.id", "f.1"));
        var tag = Rules.Labels(("prefect.resource.role", "tag"));
        var rule = Rules.Event(related: [flow, tag]);

        Assert.True(rule.Covers(Rules.Told("a", related: [Rules.Related("t", "tag"), Rules.Related("f.1", "flow")])));
        Assert.False(rule.Covers(Rules.Told("a", related: [Rules.Related("f.1", "flow")])));
        Assert.False(rule.Covers(Rules.Told("a", related: [Rules.Related("f.2", "flow"), Rules.Related("f.1", "tag")])));
        Assert.False(rule.Covers(Rules.Told("a")));
    }

    [Fact]
    public void A_miss_says_what_did_not_fit()
    {
        var rule = Rules.Event("a", match: Rules.Labels(("color", "blue green")));

        Assert.Contains("named b", rule.Miss(Rules.Told("b")), StringComparison.Ordinal);
        Assert.Equal("match: label color of the resource is red, wanted blue or green", rule.Miss(Rules.Told("a")));
    }

    [Theory]
    [InlineData("color", "red")]
    [InlineData("missing", "")]
    [InlineData("related:flow:prefect.resource.id", "f.1")]
    [InlineData("related:flow:missing", "")]
    [InlineData("related:nobody:color", "")]
    public void Keys_come_from_the_resource_or_the_first_related_one_in_a_role(string label, string value)
    {
        var told = Rules.Told("a", related: [Rules.Related("f.1", "flow"), Rules.Related("f.2", "flow")]);

        Assert.Equal([value], Rules.Event(forEach: label).KeyOf(told));
    }

    [Fact]
    public void The_index_finds_exactly_what_a_look_at_every_trigger_finds()
    {
        var random = new Random(20261126);
        var triggers = Enumerable.Range(0, 400).Select(_ => RandomRule(random)).ToList();
        var index = new TriggerIndex<EventRule>(triggers.Select(rule => (rule, rule)));
        for (var i = 0; i < 500; i++)
        {
            var told = Rules.Told(
                Pick(random, "a.b", "a.c", "b.c", "c", "a.b.c"), 0, Pick(random, "thing.1", "thing.2", "x"),
                [.. Enumerable.Range(0, random.Next(3)).Select(_ => Rules.Related(Pick(random, "f.1", "f.2"), Pick(random, "flow", "tag")))]);
            var found = new HashSet<EventRule>();
            index.Find(told, found);

            Assert.Equal(
                triggers.Where(rule => rule.Covers(told) && (rule.Starts(told.Name) || rule.Expects(told.Name))).ToHashSet(),
                found.Where(rule => rule.Covers(told) && (rule.Starts(told.Name) || rule.Expects(told.Name))).ToHashSet());
        }
    }

    private static EventRule RandomRule(Random random) => Rules.Event(
        Pick(random, "", "a.b", "a.*", "*", "b.c c", "!c"), Pick(random, "", "", "a.c", "b*"),
        match: Pick(random, ResourceRule.Any, Rules.Labels(("prefect.resource.id", "thing.1")), Rules.Labels(("prefect.resource.id", "thing.* x"))),
        related: Pick(random, ResourceRule.Any, Rules.Labels(("prefect.resource.id", "f.1"), ("prefect.resource.role", "flow")), Rules.Labels(("prefect.resource.role", "tag"))));

    private static T Pick<T>(Random random, params T[] items) => items[random.Next(items.Length)];
}
