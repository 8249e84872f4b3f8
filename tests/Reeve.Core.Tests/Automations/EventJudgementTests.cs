using Reeve.Core.Automations;

namespace Reeve.Core.Tests.Automations;

public sealed class EventJudgementTests
{
    [Theory]
    [InlineData("end", "x", true, false, "it counts only after start, and no window is open")]
    [InlineData("start", "x", true, false, "it opened a window that is over")]
    [InlineData("ending", "x", false, true, "the name ending only begins like one that is waited for")]
    [InlineData("end", "y", false, true, "match: label prefect.resource.id of the resource is y, wanted x")]
    [InlineData("other", "x", false, true, "the event is named other, which is neither expected nor waited for")]
    [InlineData("other", "y", false, false, "the event is named other, which is neither expected nor waited for")]
    public void An_event_matches_or_is_near_or_is_far(string name, string resource, bool matches, bool near, string reason) =>
        Assert.Equal(new EventJudgement(matches, near, reason), EventJudgement.Of(Rule(), Rules.Told(name, resource: resource), null));

    [Theory]
    [InlineData(-1, "it is from before the present window, which begins 2026-03-02 12:00:00Z; after a firing events are left out until the window it fell in is over")]
    [InlineData(0, "it was counted: 2 of 3 by now")]
    [InlineData(60, "it came after the window's end, 2026-03-02 12:01:00Z")]
    public void The_present_window_tells_what_became_of_it(int second, string reason)
    {
        var bucket = new Bucket(Rules.Noon, Rules.At(60), 2, null, "");
        Assert.Equal(new EventJudgement(true, false, reason), EventJudgement.Of(Rule(), Rules.Told("end", second, "x"), bucket));
    }

    private static EventRule Rule() =>
        Rules.Event("end", "start", threshold: 3, within: 60, match: Rules.Labels(("prefect.resource.id", "x")));
}
