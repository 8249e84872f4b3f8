using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Data;
using Reeve.Server.Hosting;
using Reeve.Settings;
using Reeve.Settings.Views;
using Reeve.Testing;

namespace Reeve.Server.Tests.Orchestration;

/// <summary>Several servers over one database move one run at the same moment.</summary>
public sealed class TransitionRaceTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task One_of_many_claimants_wins_and_the_others_are_told_so(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await using var other = await OtherServerAsync(server);
        using var http = new HttpClient { BaseAddress = new Uri(other.Address + "/api/") };
        var flow = await FlowAsync(server);

        for (var round = 0; round < 10; round++)
        {
            var run = await ScheduledAsync(server, flow);
            var claims = Enumerable.Range(0, 6).Select(i => SetAsync(i % 2 == 0 ? server.Http : http, run, $$"""{"type":"PENDING","name":"Claim{{i}}"}"""));
            var answers = await Task.WhenAll(claims);
            var (_, states) = await server.GetAsync($"flow_run_states/?flow_run_id={run}");

            // A claim may rename another's pending state, so each accepted one must stand in the history, and no other.
            var accepted = answers.Where(static answer => answer.Status == "ACCEPT").Select(static answer => answer.Name).Order();
            Assert.Equal(accepted, states!.AsArray().Skip(1).Select(static state => (string)state!["name"]!).Order());
        }
        await RunFacts.AssertWholeAsync(server.Database);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Of_equal_claims_exactly_one_wins(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await using var other = await OtherServerAsync(server);
        using var http = new HttpClient { BaseAddress = new Uri(other.Address + "/api/") };
        var flow = await FlowAsync(server);

        for (var round = 0; round < 10; round++)
        {
            var run = await ScheduledAsync(server, flow);
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => SetAsync(i % 2 == 0 ? server.Http : http, run, """{"type":"PENDING"}""")));

            Assert.Equal(["ABORT", "ABORT", "ABORT", "ABORT", "ABORT", "ACCEPT"], answers.Select(static answer => answer.Status).Order());
            Assert.All(answers.Where(static answer => answer.Status == "ABORT"), static answer =>
                Assert.Equal("This run is in a PENDING state and cannot transition to a PENDING state.", answer.Reason));
        }
    }

    [Fact]
    public async Task Who_is_overtaken_between_decision_and_write_decides_again()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        await using var other = await OtherServerAsync(server);
        using var http = new HttpClient { BaseAddress = new Uri(other.Address + "/api/") };
        var run = await ScheduledAsync(server, await FlowAsync(server));

        // The first server has decided and is about to write when the second one cancels the run.
        var overtaken = 0;
        server.Server.Services.GetRequiredService<Db>().OnStep = step =>
        {
            if (step.Statement?.Contains("insert into flow_run_state", StringComparison.Ordinal) != true || Interlocked.Exchange(ref overtaken, 1) == 1) return;
            var cancelled = SetAsync(http, run, """{"type":"CANCELLED"}""").GetAwaiter().GetResult();
            Assert.Equal("ACCEPT", cancelled.Status);
        };
        var late = await SetAsync(server.Http, run, """{"type":"PENDING"}""");

        Assert.Equal(1, overtaken);
        Assert.Equal(("ABORT", "Cancelled"), (late.Status, late.Name));
        Assert.Equal("This run is in a CANCELLED state and cannot transition to a PENDING state.", late.Reason);
        await RunFacts.AssertWholeAsync(server.Database);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "flow_runs")]
    [InlineData(DatabaseKind.Postgres, "flow_runs")]
    [InlineData(DatabaseKind.Sqlite, "task_runs")]
    [InlineData(DatabaseKind.Postgres, "task_runs")]
    public async Task A_state_is_not_older_than_the_one_it_follows(DatabaseKind kind, string runs)
    {
        await using var server = await TestServer.StartAsync(kind);
        await using var other = await OtherServerAsync(server);
        using var http = new HttpClient { BaseAddress = new Uri(other.Address + "/api/") };
        var (_, task) = await server.PostAsync("task_runs/", """{"task_key":"t","dynamic_key":"0"}""");
        var run = runs == "task_runs" ? (string)task!["id"]! : await ScheduledAsync(server, await FlowAsync(server));

        // The first server is about to read the run when the second one, a second later, has it run.
        var overtaken = 0;
        server.Server.Services.GetRequiredService<Db>().OnStep = step =>
        {
            if (step.Statement?.Contains($"{runs[..^1]} r", StringComparison.Ordinal) != true || Interlocked.Exchange(ref overtaken, 1) == 1) return;
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal("ACCEPT", SetAsync(http, run, """{"type":"RUNNING"}""", runs).GetAwaiter().GetResult().Status);
        };
        var late = await SetAsync(server.Http, run, """{"type":"COMPLETED"}""", runs);

        Assert.Equal((1, "ACCEPT"), (overtaken, late.Status));
        await RunFacts.AssertWholeAsync(server.Database);
    }

    private static async Task<(string Status, string? Name, string? Reason)> SetAsync(HttpClient http, string run, string state, string runs = "flow_runs")
    {
        using var content = new StringContent($$"""{"state":{{state}}}""");
        content.Headers.ContentType = new("application/json");
        using var answer = await http.PostAsync($"{runs}/{run}/set_state", content);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.True((int)answer.StatusCode is 200 or 201, body.ToJsonString());
        return ((string)body["status"]!, (string?)body["state"]?["name"], (string?)body["details"]!["reason"]);
    }

    private static async Task<string> FlowAsync(TestServer server)
    {
        var (_, flow) = await server.PostAsync("flows/", """{"name":"etl"}""");
        return (string)flow!["id"]!;
    }

    private static async Task<string> ScheduledAsync(TestServer server, string flow)
    {
        var (_, run) = await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{flow}}","state":{"type":"SCHEDULED"} }""");
        return (string)run!["id"]!;
    }

    private static async Task<ReeveServer> OtherServerAsync(TestServer server)
    {
        var settings = ResolvedSettings.Load(new SettingsInput
        {
            Environment = new Dictionary<string, string>
            {
                ["PREFECT_API_DATABASE_CONNECTION_URL"] = server.Database.Url,
                ["PREFECT_API_DATABASE_MIGRATE_ON_START"] = "false",
                ["PREFECT_SERVER_API_PORT"] = "0",
                ["PREFECT_SERVER_REGISTER_BLOCKS_ON_START"] = "false",
                ["PREFECT_HOME"] = Path.GetTempPath(),
            },
            WorkingDirectory = Path.GetTempPath(),
            UserDirectory = Path.GetTempPath(),
        });
        var other = ReeveServer.Create(new ServerSettings(settings), ServerRole.ApiOnly, server.Clock);
        await other.StartAsync();
        return other;
    }
}
