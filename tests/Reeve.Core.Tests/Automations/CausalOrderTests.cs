using Reeve.Core.Automations;

namespace Reeve.Core.Tests.Automations;

public sealed class CausalOrderTests
{
    /// <summary>Events are <c>name</c> or <c>name&lt;leader</c>.</summary>
    [Theory]
    [InlineData("a b c", "", "a b c", "")]
    [InlineData("b<a a", "", "a b", "")]
    [InlineData("c<b b<a a", "", "a b c", "")]
    [InlineData("b<a", "", "", "b")]
    [InlineData("b<a", "a", "b", "")]
    [InlineData("a a b", "b", "a", "")]
    [InlineData("a<a", "", "a", "")]
    [InlineData("c<b b<a", "", "", "c b")]
    [InlineData("x<a y<a a z", "", "a x y z", "")]
    [InlineData("x<y y<x", "", "", "x y")]
    public void Followers_come_behind_their_leaders(string events, string seen, string ready, string waiting)
    {
        var told = events.Split(' ').Select((text, at) => (Name: text[..1], Follows: text.Length > 1 ? text[2..] : null, At: at)).ToList();

        var (first, later) = CausalOrder.Sort(
            told, one => (Id(one.Name), one.Follows is { } leader ? Id(leader) : null, Rules.At(one.At), Rules.Noon),
            Words(seen).Select(Id).ToHashSet(), Rules.Noon);

        Assert.Equal(Words(ready), first.Select(one => one.Name));
        Assert.Equal(Words(waiting).Order(), later.Select(one => one.Name).Order());
    }

    [Fact]
    public void An_event_does_not_wait_longer_than_a_quarter_of_an_hour()
    {
        var (first, later) = CausalOrder.Sort(
            [0], _ => (Id("b"), (Guid?)Id("a"), Rules.Noon, Rules.Noon), new HashSet<Guid>(), Rules.Noon + CausalOrder.Lookback);

        Assert.Single(first);
        Assert.Empty(later);
    }

    private static Guid Id(string name) => new(name[0], 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
