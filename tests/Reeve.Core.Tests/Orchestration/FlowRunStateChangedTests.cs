using System.Text;
using System.Text.Json;
using Reeve.Core.Orchestration;

namespace Reeve.Core.Tests.Orchestration;

public class FlowRunStateChangedTests
{
    [Fact]
    public void The_event_tells_what_became_of_the_run()
    {
        var initial = Given.State(StateType.Running, at: Given.Now.AddMinutes(-4));
        var run = Given.FlowRun(initial, runCount: 2);
        var details = new StateDetails { PauseReschedule = false };
        var decision = run.Propose(StateProposal.Create(StateType.Paused, Given.Context(), "My Pause", "why", details: details));
        var told = decision.Event!;

        Assert.Equal("prefect.flow-run.My Pause", told.Event);
        Assert.Equal((decision.NewState!.Id, Given.Now, initial.Id), (told.Id, told.Occurred, told.Follows!.Value));
        Assert.Equal(
            $"prefect.resource.id=prefect.flow-run.{run.Id} prefect.resource.name=wise-owl prefect.run-count=2 prefect.state-message=why "
            + "prefect.state-name=My Pause prefect.state-timestamp=2026-11-23T12:10:00+00:00 prefect.state-type=PAUSED",
            string.Join(' ', told.Resource().Select(label => $"{label.Key}={label.Value}")));
        Assert.Equal(
            """{"intended":{"from":"RUNNING","to":"PAUSED"},"initial_state":{"type":"RUNNING","name":"Running"},"validated_state":{"type":"PAUSED","name":"My Pause","message":"why","pause_reschedule":"false"}}""",
            Payload(told));
    }

    [Fact]
    public void A_first_state_follows_nothing_and_a_distant_one_neither()
    {
        var first = Given.FlowRun(null).Propose(StateType.Pending).Event!;
        Assert.Null(first.Follows);
        Assert.Contains("\"initial_state\":null", Payload(first));
        Assert.Contains("\"from\":null", Payload(first));

        Assert.Null(Given.FlowRun(Given.State(StateType.Pending)).Propose(StateType.Running).Event!.Follows);
    }

    [Fact]
    public void The_intended_type_is_the_one_that_was_stored()
    {
        var run = Given.FlowRun(Given.State(StateType.Running), policy: new FlowRunPolicy { Retries = 1 }, runCount: 1);

        Assert.Contains("\"to\":\"SCHEDULED\"", Payload(run.Propose(StateType.Failed).Event!));
    }

    [Fact]
    public void Nothing_stored_is_nothing_to_tell() =>
        Assert.Null(Given.FlowRun(Given.State(StateType.Cancelling)).Propose(StateType.Running).Event);

    [Fact]
    public void A_long_message_loses_its_middle()
    {
        Assert.Equal(new string('x', 100_000), StateSummary.Shorten(new string('x', 100_000)));
        var shortened = StateSummary.Shorten(new string('a', 50_000) + "12345" + new string('b', 50_000))!;
        Assert.Equal(new string('a', 50_000) + "...5 additional characters..." + new string('b', 50_000), shortened);
    }

    private static string Payload(FlowRunStateChanged told)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            told.WritePayload(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
