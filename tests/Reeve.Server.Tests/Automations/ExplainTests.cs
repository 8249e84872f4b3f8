using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Server.Tests.Automations;

public sealed class ExplainTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task What_is_counted_and_what_nearly_was_is_told_with_the_reason(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        var id = await bench.CreateAsync(
            """{"type":"event","posture":"Reactive","expect":["a"],"match":{"prefect.resource.id":"thing.1"},"threshold":3,"within":60,"for_each":["prefect.resource.id"]}""");
        var counted = await bench.TellAsync("a");
        var other = await bench.TellAsync("a", "thing.2");
        var named = await bench.TellAsync("b");
        await bench.TellAsync("c", "thing.3");
        await bench.SettleAsync();

        var trigger = Assert.Single((await ExplainAsync(bench, id))["triggers"]!.AsArray())!;

        Assert.Equal("3 × a come within 60 seconds, for each prefect.resource.id", (string?)trigger["waits"]);
        Assert.Equal(counted.ToString(), (string?)trigger["last_match"]!["id"]);
        Assert.Equal("it was counted: 1 of 3 by now", (string?)trigger["last_match"]!["reason"]);
        var misses = trigger["near_misses"]!.AsArray().ToDictionary(miss => (string)miss!["id"]!, miss => (string)miss!["reason"]!);
        Assert.Equal(2, misses.Count);
        Assert.Equal("match: label prefect.resource.id of the resource is thing.2, wanted thing.1", misses[other.ToString()]);
        Assert.Equal("the event is named b, which is neither expected nor waited for", misses[named.ToString()]);
        var bucket = Assert.Single(trigger["buckets"]!.AsArray())!;
        Assert.Equal((1, 3), ((int)bucket["count"]!, (int)bucket["threshold"]!));
        Assert.Equal("thing.1", (string?)bucket["labels"]!["prefect.resource.id"]);
        Assert.Equal("2026-03-02T12:01:00Z", (string?)bucket["end"]);
        Assert.Equal(counted.ToString(), (string?)bucket["last_event_id"]);
        Assert.Equal(1, (int)trigger["bucket_count"]!);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_firing_its_cause_and_its_actions_are_told(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        var id = await bench.CreateAsync(
            """{"type":"event","posture":"Reactive","expect":["a*"]}""", """[{"type":"do-nothing"},{"type":"cancel-flow-run"}]""");
        var cause = await bench.TellAsync("and");
        await bench.SettleAsync();

        var told = await ExplainAsync(bench, id);

        var firing = Assert.Single(told["firings"]!.AsArray())!;
        Assert.Equal(cause.ToString(), (string?)firing["triggering_event_id"]);
        Assert.Equal("it set the automation off", (string?)told["triggers"]![0]!["last_match"]!["reason"]);
        var actions = told["actions"]!.AsArray().ToDictionary(action => (int)action!["index"]!, action => action!);
        Assert.Equal("done", (string?)actions[0]["status"]);
        Assert.Equal("failed", (string?)actions[1]["status"]);
        Assert.Equal("No flow run could be inferred", (string?)actions[1]["reason"]);
        Assert.NotNull(actions[1]["finished"]);
        Assert.Null(actions[1]["due"]);
        Assert.Null(told["next_evaluation"]);
        Assert.Contains(told["verdict"]!.AsArray(), line => (string)line! == "Its last action, cancel-flow-run, failed: No flow run could be inferred");
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task The_end_of_the_window_that_absence_is_judged_at_is_told_until_the_automation_is_paused(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        var id = await bench.CreateAsync("""{"type":"event","posture":"Proactive","expect":["beat"],"within":30}""");
        await bench.SettleAsync();
        Assert.Equal("2026-03-02T12:00:30Z", (string?)(await ExplainAsync(bench, id))["next_evaluation"]);

        await bench.Server.PatchAsync($"automations/{id}", """{"enabled":false}""");

        var told = await ExplainAsync(bench, id);
        Assert.Null(told["next_evaluation"]);
        Assert.StartsWith("It is paused", (string?)told["verdict"]![0], StringComparison.Ordinal);
        Assert.Contains("No event was found that concerns it: it waits until beat stays away for 30 seconds.", Lines(told));
    }

    [Fact]
    public async Task Events_from_before_and_from_while_it_was_paused_are_told_as_such()
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Sqlite);
        await bench.TellAsync("a", "early");
        await bench.SettleAsync();
        bench.Server.Clock.Advance(TimeSpan.FromSeconds(1));
        var id = await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"]}""");
        Assert.Contains("The last event that concerns it is a of early at 2026-03-02 12:00:00Z: it happened before the automation was made.", Lines(await ExplainAsync(bench, id)));
        await bench.Server.PatchAsync($"automations/{id}", """{"enabled":false}""");
        bench.Server.Clock.Advance(TimeSpan.FromSeconds(1));
        await bench.TellAsync("a", "late");
        await bench.SettleAsync();

        Assert.Contains("The last event that concerns it is a of late at 2026-03-02 12:00:02Z: it came while the automation was paused.", Lines(await ExplainAsync(bench, id)));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_compound_trigger_tells_which_of_its_triggers_fired(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        var id = await bench.CreateAsync(
            """
            {"type":"compound","within":60,"require":"all","triggers":[
              {"type":"event","posture":"Reactive","expect":["a"]},{"type":"event","posture":"Reactive","expect":["b"]}]}
            """);
        await bench.TellAsync("a");
        await bench.SettleAsync();

        var told = await ExplainAsync(bench, id);
        var triggers = told["triggers"]!.AsArray();

        Assert.Contains("It waits until 2 of its 2 triggers fire within 60 seconds. By now 1 of its triggers has fired, not yet 'b comes'.", Lines(told));
        Assert.Contains("Its trigger 'a comes': The last event that concerns it is a of thing.1 at 2026-03-02 12:00:00Z: it made the trigger fire.", Lines(told));
        Assert.Contains("Its trigger 'b comes': No event was found that concerns it.", Lines(told));
        Assert.Equal(3, triggers.Count);
        var root = triggers.Single(one => one!["parent_id"] is null)!;
        Assert.Equal(2, (int)root["required"]!);
        var child = Assert.Single(root["child_firings"]!.AsArray())!;
        var fired = triggers.Single(one => (string?)one!["id"] == (string?)child["trigger_id"])!;
        Assert.Equal((string?)root["id"], (string?)fired["parent_id"]);
        Assert.Equal("a", (string?)fired["last_match"]!["event"]);
        Assert.Equal("2026-03-02T12:01:00", ((string)child["until"]!)[..19]);
        Assert.Null(triggers.Single(one => ((string)one!["waits"]!).StartsWith("b ", StringComparison.Ordinal))!["last_match"]);
    }

    [Fact]
    public async Task A_loop_that_was_broken_is_told()
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Sqlite);
        var id = await bench.CreateAsync("""{"type":"event","posture":"Reactive"}""");
        await bench.TellAsync("a");
        await bench.SettleAsync();

        var told = await ExplainAsync(bench, id);

        Assert.True((long)told["loop"]!["suppressed"]! > 0);
        Assert.Single(told["loop"]!["notices"]!.AsArray());
        Assert.StartsWith("It is held back until 2026-03-02 12:01:00Z, because ", (string?)told["verdict"]![0], StringComparison.Ordinal);
        Assert.Equal("it was left out as part of a loop", (string?)told["triggers"]![0]!["last_match"]!["reason"]);
    }

    [Fact]
    public async Task What_is_not_there_is_not_explained()
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Sqlite);
        Assert.Equal(404, (await bench.Server.GetAsync($"reeve/automations/{Guid.NewGuid()}/explain")).Status);
    }

    private static List<string> Lines(JsonNode told) => [.. told["verdict"]!.AsArray().Select(static line => (string)line!)];

    private static async Task<JsonNode> ExplainAsync(AutomationBench bench, Guid id)
    {
        var (status, body) = await bench.Server.GetAsync($"reeve/automations/{id}/explain");
        Assert.True(status == 200, $"{status} {body}");
        return body!;
    }
}
