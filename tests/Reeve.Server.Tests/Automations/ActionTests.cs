using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Data;
using Reeve.Server.Automations.Actions;
using Reeve.Server.Services;
using Reeve.Server.Tests.Services;
using Reeve.Testing;
using static Reeve.Server.Tests.Automations.ActionParts;

namespace Reeve.Server.Tests.Automations;

public sealed class ActionTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_deployment_is_run_with_what_the_event_says(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        var deployment = await DeploymentAsync(bench);
        await bench.Server.PostAsync("variables/", """{"name":"v","value":{"deep":[1,2]}}""");
        var automation = await bench.CreateAsync(
            """{"type":"event","posture":"Reactive","expect":["a"],"for_each":["prefect.resource.id"]}""",
            $$$$"""
            [{"type":"run-deployment","source":"selected","deployment_id":"{{{{deployment}}}}","schedule_after":60,"parameters":{
              "name":"{{ event.resource.name }} of {{ labels.prefect.resource.id }}","number":"{{ event.payload.n }}","list":["{{ variables.v.deep }}"],
              "var":{"__prefect_kind":"workspace_variable","variable_name":"v"},"plain":true}}]
            """, name: "rün");
        await bench.TellAsync("a", "thing.7", labels: ""","prefect.resource.name":"Thing" """);

        await bench.SettleAsync();

        var executed = Assert.Single(await bench.EventsAsync("prefect.automation.action.executed"));
        Assert.Equal(201, executed["payload"]!["status_code"]!.GetValue<int>());
        var id = executed["related"]![1]!["prefect.resource.id"]!.GetValue<string>()["prefect.flow-run.".Length..];
        var (_, run) = await bench.Server.GetAsync($"flow_runs/{id}");
        Assert.Equal(
            """{"name":"Thing of thing.7","number":1,"list":[[1,2]],"var":{"deep":[1,2]},"plain":true}""", Sorted(run!["parameters"]!, "name", "number", "list", "var", "plain"));
        Assert.Equal("SCHEDULED", run["state_type"]!.GetValue<string>());
        Assert.Equal("2026-03-02T12:01:00Z", run["expected_start_time"]!.GetValue<string>());
        Assert.Equal("rün", run["created_by"]!["display_value"]!.GetValue<string>());
        Assert.Equal(automation.ToString(), run["created_by"]!["id"]!.GetValue<string>());
        Assert.StartsWith($"automation {automation}, action 0, invocation ", run["idempotency_key"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"cancel-flow-run"}""", "RUNNING", "CANCELLING", "Cancelled by Automation")]
    [InlineData("""{"type":"suspend-flow-run"}""", "RUNNING", "PAUSED", "Suspended by Automation")]
    [InlineData("""{"type":"change-flow-run-state","state":"FAILED","name":"Mine","message":"told"}""", "RUNNING", "FAILED", "told")]
    public async Task The_state_of_the_flow_run_is_changed(string action, string from, string to, string message)
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Sqlite);
        var run = await FlowRunAsync(bench, from);
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"]}""", $"[{action}]");
        await bench.TellAsync("a", $"prefect.flow-run.{run}");

        await bench.SettleAsync();

        var (_, body) = await bench.Server.GetAsync($"flow_runs/{run}");
        Assert.Equal(to, body!["state_type"]!.GetValue<string>());
        Assert.StartsWith(message, body["state"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        var executed = Assert.Single(await bench.EventsAsync("prefect.automation.action.executed"));
        Assert.Equal($"prefect.flow-run.{run}", executed["related"]![0]!["prefect.resource.id"]!.GetValue<string>());
        Assert.Equal("target", executed["related"]![0]!["prefect.resource.role"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_paused_flow_run_is_resumed_and_one_that_runs_is_not(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        var run = await FlowRunAsync(bench, "RUNNING");
        var (status, paused) = await bench.Server.PostAsync(
            $"flow_runs/{run}/set_state",
            """{"state":{"type":"PAUSED","name":"Suspended","state_details":{"pause_timeout":"2026-03-02T13:00:00Z","pause_reschedule":true}}}""");
        Assert.True(status == 201, paused?.ToJsonString());
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"]}""", """[{"type":"resume-flow-run"}]""");

        await bench.TellAsync("a", $"prefect.flow-run.{run}");
        await bench.SettleAsync();

        var (_, body) = await bench.Server.GetAsync($"flow_runs/{run}");
        Assert.Equal("SCHEDULED", body!["state_type"]!.GetValue<string>());
        Assert.Equal("Resuming", body["state_name"]!.GetValue<string>());
        var executed = Assert.Single(await bench.EventsAsync("prefect.automation.action.executed"));
        Assert.Equal("resume-flow-run", executed["payload"]!["action_type"]!.GetValue<string>());
        Assert.Equal($"prefect.flow-run.{run}", executed["related"]![0]!["prefect.resource.id"]!.GetValue<string>());

        await bench.TellAsync("a", $"prefect.flow-run.{run}");
        await bench.SettleAsync();

        var failed = Assert.Single(await bench.EventsAsync("prefect.automation.action.failed"));
        Assert.StartsWith("Failed to resume flow run: ", failed["payload"]!["reason"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flow_run_is_deleted()
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Sqlite);
        var run = await FlowRunAsync(bench, "COMPLETED");
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"]}""", """[{"type":"delete-flow-run"}]""");
        await bench.TellAsync("a", related: $$"""[{"prefect.resource.id":"prefect.flow-run.{{run}}","prefect.resource.role":"flow-run"}]""");

        await bench.SettleAsync();

        Assert.Equal(404, (await bench.Server.GetAsync($"flow_runs/{run}")).Status);
    }

    [Theory]
    [InlineData("""{"type":"cancel-flow-run"}""", "No flow run could be inferred")]
    [InlineData("""{"type":"pause-work-pool","source":"inferred"}""", "No work pool could be inferred")]
    [InlineData("""{"type":"pause-work-queue","source":"inferred"}""", "No work queue could be inferred")]
    [InlineData("""{"type":"run-deployment","source":"inferred"}""", "No deployment could be inferred")]
    [InlineData("""{"type":"pause-automation","source":"inferred"}""", "No automation could be inferred")]
    [InlineData("""{"type":"pause-deployment","source":"selected","deployment_id":"11111111-1111-4111-8111-111111111111"}""", "Unexpected status from 'pause-deployment' action: 404")]
    [InlineData("""{"type":"pause-work-pool","source":"selected","work_pool_id":"11111111-1111-4111-8111-111111111111"}""", "Work pool 11111111-1111-4111-8111-111111111111 not found")]
    [InlineData("""{"type":"send-notification","block_document_id":"11111111-1111-4111-8111-111111111111","body":"x"}""", "Unexpected status from 'send-notification' action: 404")]
    public async Task A_failure_is_told_with_its_reason_and_not_tried_again(string action, string reason)
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Sqlite);
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"]}""", $"[{action}]");
        await bench.TellAsync("a");

        await bench.SettleAsync();

        Assert.Empty(await bench.EventsAsync("prefect.automation.action.executed"));
        Assert.Equal(reason, Assert.Single(await bench.EventsAsync("prefect.automation.action.failed"))["payload"]!["reason"]!.GetValue<string>());
        Assert.Equal(1, await bench.CountAsync("select count(*) from reeve_action where status = 'failed' and attempts = 1"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Things_are_paused_and_resumed(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        var deployment = await DeploymentAsync(bench);
        var (_, pool) = await bench.Server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");
        var other = await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["never"]}""", name: "other");
        string Actions(string what) => $$"""
            [{"type":"{{what}}-deployment","deployment_id":"{{deployment}}"},{"type":"{{what}}-work-pool","work_pool_id":"{{pool!["id"]}}"},
             {"type":"{{what}}-work-queue","work_queue_id":"{{pool["default_queue_id"]}}"},{"type":"{{what}}-automation","automation_id":"{{other}}"}]
            """;
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["stop"]}""", Actions("pause"), "stop");
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["go"]}""", Actions("resume"), "go");

        await bench.TellAsync("stop");
        await bench.SettleAsync();
        Assert.Equal((true, true, true, false), await StateAsync());
        await bench.TellAsync("go");
        await bench.SettleAsync();
        Assert.Equal((false, false, false, true), await StateAsync());
        Assert.Empty(await bench.EventsAsync("prefect.automation.action.failed"));

        async Task<(bool, bool, bool, bool)> StateAsync() => (
            (await bench.Server.GetAsync($"deployments/{deployment}")).Body!["paused"]!.GetValue<bool>(),
            (await bench.Server.GetAsync("work_pools/p")).Body!["is_paused"]!.GetValue<bool>(),
            (await bench.Server.GetAsync($"work_queues/{pool!["default_queue_id"]}")).Body!["is_paused"]!.GetValue<bool>(),
            (await bench.Server.GetAsync($"automations/{other}")).Body!["enabled"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_webhook_is_called_and_its_answer_told(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        await using var listener = Listener.Start("HTTP/1.1 418 no\r\nX-Own: 1\r\nVia: hidden\r\nContent-Length: 3\r\n\r\nbad");
        var block = await BlockAsync(bench, "webhook", [], $$$"""{"method":"PUT","url":"{{{listener.Url}}}/in","headers":{"X-Key":"secret"}}""");
        await bench.CreateAsync(
            """{"type":"event","posture":"Reactive","expect":["a"]}""",
            $$$$"""[{"type":"call-webhook","block_document_id":"{{{{block}}}}","payload":"{{ event.resource.id | upper }}"}]""");
        await bench.TellAsync("a");

        await bench.SettleAsync();

        var request = Assert.Single(listener.Requests);
        Assert.StartsWith("PUT /in HTTP/1.1", request, StringComparison.Ordinal);
        Assert.Contains("X-Key: secret", request, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nTHING.1", request, StringComparison.Ordinal);
        var payload = Assert.Single(await bench.EventsAsync("prefect.automation.action.executed"))["payload"]!;
        Assert.Equal(418, payload["status_code"]!.GetValue<int>());
        Assert.Equal("bad", payload["response_body"]!.GetValue<string>());
        Assert.Equal("1", payload["response_headers"]!["x-own"]!.GetValue<string>());
        Assert.Null(payload["response_headers"]!["via"]);
        Assert.Single(await bench.EventsAsync("prefect.block.webhook.loaded"));
    }

    [Fact]
    public async Task A_webhook_whose_answer_cannot_be_unpacked_was_called_and_is_not_called_again()
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Sqlite);
        await using var listener = Listener.Start("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot gzip");
        var block = await BlockAsync(bench, "webhook", [], $$"""{"url":"{{listener.Url}}/"}""");
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"]}""", $$"""[{"type":"call-webhook","block_document_id":"{{block}}"}]""");
        await bench.TellAsync("a");
        await bench.SettleAsync();
        bench.Server.Clock.Advance(TimeSpan.FromMinutes(5));
        await bench.SettleAsync();

        Assert.Single(listener.Requests);
        var failed = Assert.Single(await bench.EventsAsync("prefect.automation.action.failed"));
        Assert.StartsWith("Webhook call failed: ", failed["payload"]!["reason"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_is_cut_between_characters()
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Sqlite);
        await using var listener = Listener.Start($"HTTP/1.1 200 OK\r\nContent-Length: 1004\r\n\r\n{new string('x', 999)}\U0001f600y");
        var block = await BlockAsync(bench, "webhook", [], $$"""{"url":"{{listener.Url}}/"}""");
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"]}""", $$"""[{"type":"call-webhook","block_document_id":"{{block}}"}]""");
        await bench.TellAsync("a");

        await bench.SettleAsync();

        Assert.Single(listener.Requests);
        var payload = Assert.Single(await bench.EventsAsync("prefect.automation.action.executed"))["payload"]!;
        Assert.Equal(new string('x', 999) + "\U0001f600... (truncated)", payload["response_body"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_notification_is_sent_with_rendered_texts_and_no_secret_is_told()
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Sqlite, "PREFECT_UI_URL=https://ui.example");
        await using var listener = Listener.Start("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        var block = await BlockAsync(
            bench, "mattermost-webhook", ["notify"], $$"""{"hostname":"127.0.0.1","port":{{listener.Port}},"token":"s3cret","channels":["one","two"]}""");
        var run = await FlowRunAsync(bench, "RUNNING");
        await bench.CreateAsync(
            """{"type":"event","posture":"Reactive","expect":["a"]}""",
            $$$$"""
            [{"type":"send-notification","block_document_id":"{{{{block}}}}","subject":"About {{ flow.name }}",
              "body":"{{ flow_run.state.name }} {{ flow_run|ui_url }} {{ automation.name }} {{ nothing.at.all }}"}]
            """);
        await bench.TellAsync("a", $"prefect.flow-run.{run}", $$"""[{"prefect.resource.id":"prefect.flow.{{await FlowAsync(bench)}}","prefect.resource.role":"flow"}]""");

        await bench.SettleAsync();

        Assert.Equal(2, listener.Requests.Count);
        Assert.Contains("POST /hooks/s3cret ", listener.Requests[0], StringComparison.Ordinal);
        var body = JsonNode.Parse(listener.Requests[0][(listener.Requests[0].IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..])!;
        Assert.Equal($"About f\r\nRunning https://ui.example/runs/flow-run/{run} a ", body["text"]!.GetValue<string>());
        Assert.Equal("one", body["channel"]!.GetValue<string>());
        var told = Assert.Single(await bench.EventsAsync("prefect.automation.action.executed"));
        Assert.DoesNotContain("s3cret", told.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_that_cannot_be_rendered_is_told_with_its_source()
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Sqlite);
        var block = await BlockAsync(bench, "slack-webhook", ["notify"], """{"url":"https://127.0.0.1:1/x"}""");
        await bench.CreateAsync(
            """{"type":"event","posture":"Reactive","expect":["a"]}""",
            $$$$"""[{"type":"send-notification","block_document_id":"{{{{block}}}}","body":"{{ 1 / 0 }}"}]""");
        await bench.TellAsync("a");

        await bench.SettleAsync();

        var payload = Assert.Single(await bench.EventsAsync("prefect.automation.action.failed"))["payload"]!;
        Assert.Equal("Template rendering failed: ZeroDivisionError('division by zero')", payload["reason"]!.GetValue<string>());
        Assert.Equal("{{ 1 / 0 }}", payload["template_source"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_cannot_be_reached_is_tried_again_and_given_up_in_the_end()
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Sqlite);
        await using var listener = Listener.Start("HTTP/1.1 500 no\r\nContent-Length: 0\r\n\r\n");
        var block = await BlockAsync(
            bench, "custom-webhook", ["notify"], $$$$"""{"name":"n","url":"{{{{listener.Url}}}}/{{k}}","json_data":{"t":"{{subject}}: {{body}}"},"secrets":{"k":"s3cret"}}""");
        await bench.CreateAsync(
            """{"type":"event","posture":"Reactive","expect":["a"]}""",
            $$"""[{"type":"send-notification","block_document_id":"{{block}}","subject":"S","body":"B"}]""");
        await bench.TellAsync("a");
        for (var i = 0; i < ActionService.MostAttempts; i++)
        {
            await bench.SettleAsync();
            bench.Server.Clock.Advance(TimeSpan.FromSeconds(90));
        }

        Assert.Equal(ActionService.MostAttempts, listener.Requests.Count);
        Assert.Contains("POST /s3cret ", listener.Requests[0], StringComparison.Ordinal);
        Assert.EndsWith("""{"t":"S: B"}""", listener.Requests[0], StringComparison.Ordinal);
        Assert.Equal(1, await bench.CountAsync("select count(*) from reeve_action where status = 'dead'"));
        Assert.DoesNotContain("s3cret", Assert.Single(await bench.EventsAsync("prefect.automation.action.failed")).ToJsonString(), StringComparison.Ordinal);
    }

    /// <summary>Actions of a firing wait for each other: one that begins late must not be taken for abandoned, by another process, while it runs.</summary>
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Actions_that_wait_for_each_other_keep_their_lease(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        var db = (Reeve.Data.Db)bench.Server.Server.Services.GetService(typeof(Reeve.Data.Db))!;
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"]}""", """[{"type":"do-nothing"},{"type":"do-nothing"},{"type":"do-nothing"}]""");
        await bench.TellAsync("a");
        await bench.DeliverAsync();
        var renewed = 0;
        db.OnStep = step =>
        {
            if (step.Statement?.Contains("update reeve_action set due", StringComparison.Ordinal) == true) Interlocked.Increment(ref renewed);
        };
        await bench.RunAsync<ActionService>();
        db.OnStep = null;
        Assert.Equal(2, renewed);
        Assert.Equal(3, await bench.CountAsync("select count(*) from reeve_action where status = 'done'"));

        await bench.TellAsync("a");
        await bench.DeliverAsync();
        var lease = TimeSpan.FromSeconds(90);
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        var now = bench.Server.Clock.GetUtcNow();
        var claimed = await ActionQueue.ClaimAsync(db, first, now, lease, 16, default);
        var firing = claimed[0].FiringId;
        Assert.Equal(3, (await ActionQueue.RenewAsync(db, firing, first, now.AddSeconds(50) + lease, default)).Count);
        Assert.Empty(await ActionQueue.ClaimAsync(db, second, now.AddSeconds(100), lease, 16, default));
        Assert.Equal(3, (await ActionQueue.ClaimAsync(db, second, now.AddSeconds(150), lease, 16, default)).Count);
        Assert.Empty(await ActionQueue.RenewAsync(db, firing, first, now.AddSeconds(150) + lease, default));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Actions_of_a_firing_wait_for_those_before_them_whoever_does_these(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        var db = bench.Server.Server.Services.GetRequiredService<Db>();
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"]}""", """[{"type":"do-nothing"},{"type":"do-nothing"},{"type":"do-nothing"}]""");
        await bench.TellAsync("a");
        await bench.DeliverAsync();
        var lease = TimeSpan.FromSeconds(90);
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        var now = bench.Server.Clock.GetUtcNow();

        var task = Assert.Single(await ActionQueue.ClaimAsync(db, first, now, lease, 1, default));
        Assert.Equal(0, task.Index);
        Assert.Empty(await ActionQueue.ClaimAsync(db, second, now, lease, 16, default));
        Assert.Equal(now + lease, await ActionQueue.NextDueAsync(db, now, default));

        var batch = new SqlBatch();
        ActionQueue.Finish(batch, task, first, ActionQueue.Done, null, now);
        await db.WriteAsync(batch, default);
        Assert.Equal(now, await ActionQueue.NextDueAsync(db, now, default));
        Assert.Equal(2, (await ActionQueue.ClaimAsync(db, second, now, lease, 16, default)).Count);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_process_that_dies_while_it_acts_leaves_each_action_done_once(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        var deployment = await DeploymentAsync(bench);
        await bench.CreateAsync(
            """{"type":"event","posture":"Reactive","expect":["a"]}""", $$"""[{"type":"run-deployment","deployment_id":"{{deployment}}"}]""");
        var db = (Reeve.Data.Db)bench.Server.Server.Services.GetService(typeof(Reeve.Data.Db))!;
        const int Kills = 12;
        for (var at = 1; at <= Kills; at++)
        {
            await bench.TellAsync("a");
            await bench.DeliverAsync();
            var steps = 0;
            var wanted = at;
            // From this step on the process is dead.
            db.OnStep = _ =>
            {
                if (++steps >= wanted) throw new Reeve.Data.DatabaseException(Reeve.Data.DatabaseErrorKind.Unavailable, "killed", null, null);
            };
            await Assert.ThrowsAsync<Reeve.Data.DatabaseException>(() => bench.RunAsync<ActionService>());
            db.OnStep = null;
            bench.Server.Clock.Advance(TimeSpan.FromMinutes(2));
            await bench.SettleAsync();
        }

        Assert.Equal(Kills, await bench.CountAsync("select count(*) from flow_run"));
        Assert.Equal(Kills, await bench.CountAsync("select count(*) from reeve_action where status = 'done'"));
        Assert.Equal(Kills, await bench.CountAsync("select count(*) from events where event = 'prefect.automation.action.executed'"));
    }

    private static string Sorted(JsonNode map, params string[] order)
    {
        var sorted = new JsonObject();
        foreach (var name in order) sorted[name] = map[name]?.DeepClone();
        return sorted.ToJsonString();
    }

    /// <summary>An action that a server does whose clock is two minutes behind is its own by that clock, whichever server is asked.</summary>
    [Fact]
    public async Task No_clock_that_is_ahead_does_an_action_a_second_time()
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Postgres);
        var db = bench.Server.Server.Services.GetRequiredService<Db>();
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"]}""");
        await bench.TellAsync("a");
        await bench.DeliverAsync();
        var lease = TimeSpan.FromSeconds(90);
        var behind = TimeSpan.FromMinutes(2);
        var now = bench.Server.Clock.GetUtcNow() + behind;
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await Beats.OtherClockAsync(bench.Server, now, behind);
        var task = Assert.Single(await ActionQueue.ClaimAsync(db, first, now - behind, lease, 16, default));

        Assert.Empty(await ActionQueue.ClaimAsync(db, second, now, lease, 16, default));
        // Real time passes between what one process tells of its clock and what another does with it.
        Assert.InRange((await ActionQueue.NextDueAsync(db, now, default))!.Value, now + lease - TimeSpan.FromSeconds(10), now + lease);
        // One that nobody does waits for no clock.
        await ActionQueue.RetryAsync(db, task, first, "again", now, default);
        Assert.Equal(now, await ActionQueue.NextDueAsync(db, now, default));
        Assert.Single(await ActionQueue.ClaimAsync(db, second, now, lease, 16, default));
        var later = now + lease + behind + TimeSpan.FromSeconds(10);
        await Beats.OtherClockAsync(bench.Server, later, behind);
        Assert.Single(await ActionQueue.ClaimAsync(db, first, later, lease, 16, default));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task What_a_process_that_stops_has_not_done_is_done_by_others_at_once(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        var block = await WebhookAsync(bench, silent);
        await bench.CreateAsync(
            """{"type":"event","posture":"Reactive","expect":["a"]}""", $$"""[{"type":"do-nothing"},{"type":"call-webhook","block_document_id":"{{block}}"},{"type":"do-nothing"}]""");
        await bench.TellAsync("a");
        await bench.DeliverAsync();
        var service = bench.Server.Server.Services.GetServices<Service>().OfType<ActionService>().Single();
        using var stop = new CancellationTokenSource();
        var running = service.RunOnceAsync(stop.Token);
        // The first is done, the second under way.
        using var call = await silent.AcceptTcpClientAsync();

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await service.EndAsync(stop.Token);

        var db = bench.Server.Server.Services.GetRequiredService<Db>();
        var left = await ActionQueue.ClaimAsync(db, Guid.NewGuid(), bench.Server.Clock.GetUtcNow(), TimeSpan.FromSeconds(90), 16, default);
        Assert.Equal([(1, 2), (2, 2)], left.Select(static task => (task.Index, task.Attempts)).Order());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task An_address_that_does_not_answer_holds_up_no_other_action(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        var block = await WebhookAsync(bench, silent);
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["slow"]}""", $$"""[{"type":"call-webhook","block_document_id":"{{block}}"}]""");
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"]}""", name: "b");
        for (var i = 0; i < 20; i++) await bench.TellAsync("slow", $"thing.{i}");
        await bench.DeliverAsync();
        var running = bench.RunAsync<ActionService>();
        var calls = new List<TcpClient>();
        await Eventually.TrueAsync("actions", "the passes", async () =>
        {
            while (silent.Pending()) calls.Add(await silent.AcceptTcpClientAsync());
            // None waits for them longer than a second.
            bench.Server.Clock.Advance(TimeSpan.FromMilliseconds(50));
            return running.IsCompleted;
        }, "over");
        Assert.Equal(20, await running);

        await bench.TellAsync("a");
        await bench.DeliverAsync();
        Assert.Equal(1, await bench.RunAsync<ActionService>());

        Assert.Equal(1, await bench.CountAsync("select count(*) from reeve_action where action_type = 'do-nothing' and status = 'done'"));
        Assert.Equal(20, await bench.CountAsync("select count(*) from reeve_action where action_type = 'call-webhook' and owner is not null"));
        foreach (var call in calls) call.Dispose();
    }

    /// <summary>A block of an address that takes calls and does not answer them.</summary>
    private static Task<string> WebhookAsync(AutomationBench bench, TcpListener silent)
    {
        silent.Start();
        return BlockAsync(bench, "webhook", [], $$"""{"url":"http://{{silent.LocalEndpoint}}/"}""");
    }
}
