using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Server.Tests.FlowRuns;

public sealed class FlowRunsApiTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Parameters_have_a_largest_size(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind, null, "PREFECT_SERVER_API_MAX_PARAMETER_SIZE=50");
        var flow = await FlowAsync(server);
        var large = $$"""{"key":"{{new string('a', 100)}}"}""";
        var (_, run) = await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{flow}}","parameters":{"a":1} }""");

        var (created, _) = await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{flow}}","parameters":{{large}} }""");
        var (patched, _) = await server.PatchAsync($"flow_runs/{run!["id"]}", $$"""{"parameters":{{large}} }""");

        Assert.Equal((422, 422), (created, patched));
        Assert.Equal(1, await server.Database.ScalarAsync<long>("select count(*) from flow_run"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Runs_are_paged_sorted_and_counted_by_the_same_filter(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var flow = await FlowAsync(server);
        foreach (var name in (string[])["c", "a", "e", "b", "d"]) await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{flow}}","name":"{{name}}","tags":["x"]}""");
        await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{flow}}","name":"z"}""");
        const string Filter = """ "flow_runs":{"tags":{"all_":["x"]} },"sort":"NAME_ASC" """;

        var (_, first) = await server.PostAsync("flow_runs/paginate", $$"""{{{Filter}},"limit":2,"page":1}""");
        var (_, last) = await server.PostAsync("flow_runs/paginate", $$"""{{{Filter}},"limit":2,"page":3}""");
        var (_, none) = await server.PostAsync("flow_runs/paginate", $$"""{{{Filter}},"limit":0}""");
        var (_, offset) = await server.PostAsync("flow_runs/filter", $$"""{{{Filter}},"limit":2,"offset":3}""");
        var (_, count) = await server.PostAsync("flow_runs/count", """{"flow_runs":{"tags":{"all_":["x"]} } }""");

        Assert.Equal(["a", "b"], Names(first!["results"]));
        Assert.Equal((5, 2, 3, 1), ((int)first["count"]!, (int)first["limit"]!, (int)first["pages"]!, (int)first["page"]!));
        Assert.Equal(["e"], Names(last!["results"]));
        Assert.Equal((0, 5), ((int)none!["pages"]!, (int)none["count"]!));
        Assert.Equal(["d", "e"], Names(offset));
        Assert.Equal(5, count!.GetValue<int>());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_history_counts_runs_in_intervals_and_stops_at_500(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var flow = await FlowAsync(server);
        for (var hour = 0; hour < 4; hour++)
        {
            await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{flow}}","state":{"type":"SCHEDULED","state_details":{"scheduled_time":"2024-03-01T0{{hour}}:30:00Z"} } }""");
        }

        var (_, history) = await server.PostAsync("flow_runs/history", """{"history_start":"2024-03-01T00:00:00Z","history_end":"2024-03-01T05:00:00Z","history_interval_seconds":7200}""");
        var (_, long500) = await server.PostAsync("flow_runs/history", """{"history_start":"2024-03-01T00:00:00Z","history_end":"2024-03-11T00:00:00Z","history_interval_seconds":60}""");
        var (tooShort, _) = await server.PostAsync("flow_runs/history", """{"history_start":"2024-03-01T00:00:00Z","history_end":"2024-03-01T05:00:00Z","history_interval_seconds":0.9}""");

        Assert.Equal([2, 2, 0], history!.AsArray().Select(static bin => bin!["states"]!.AsArray().Sum(static state => (int)state!["count_runs"]!)));
        Assert.Equal("2024-03-01T06:00:00Z", (string)history[2]!["interval_end"]!);
        Assert.Equal(500, long500!.AsArray().Count);
        Assert.Equal(422, tooShort);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Bulk_changes_answer_for_each_run_and_obey_their_limit(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var flow = await FlowAsync(server);
        for (var i = 0; i < 3; i++) await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{flow}}","state":{"type":"SCHEDULED"} }""");

        var (_, moved) = await server.PostAsync("flow_runs/bulk_set_state", """{"state":{"type":"PENDING"},"limit":2}""");
        var (_, again) = await server.PostAsync("flow_runs/bulk_set_state", """{"state":{"type":"PENDING"} }""");
        var (tooMany, _) = await server.PostAsync("flow_runs/bulk_delete", """{"limit":51}""");
        var (_, deleted) = await server.PostAsync("flow_runs/bulk_delete", """{"flow_runs":{"state":{"type":{"any_":["PENDING"]} } } }""");

        Assert.Equal(["ACCEPT", "ACCEPT"], Statuses(moved));
        Assert.Equal(["ABORT", "ABORT", "ACCEPT"], Statuses(again).Order());
        Assert.Equal(422, tooMany);
        Assert.Equal(3, deleted!["deleted"]!.AsArray().Count);
        Assert.Equal(0, await server.Database.ScalarAsync<long>("select count(*) from flow_run"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_name_made_empty_is_made_up_and_job_variables_wait_for_a_scheduled_deployment_run(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var flow = await FlowAsync(server);
        var (_, run) = await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{flow}}","name":"mine"}""");

        var (renamed, _) = await server.PatchAsync($"flow_runs/{run!["id"]}", """{"name":""}""");
        var (refused, problem) = await server.PatchAsync($"flow_runs/{run["id"]}", """{"job_variables":{"a":1} }""");
        var (_, read) = await server.GetAsync($"flow_runs/{run["id"]}");

        Assert.Equal((204, 400), (renamed, refused));
        Assert.Contains("PENDING", (string)problem!["detail"]!);
        Assert.NotEqual("mine", (string)read!["name"]!);
        Assert.NotEmpty((string)read["name"]!);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Job_variables_go_by_the_state_that_the_run_is_in(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (_, deployment) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{await FlowAsync(server)}}"}""");
        var (_, run) = await server.PostAsync($"deployments/{deployment!["id"]}/create_flow_run");
        await server.Database.ExecuteAsync("update flow_run_state set type = 'PENDING'");

        var (status, problem) = await server.PatchAsync($"flow_runs/{run!["id"]}", """{"job_variables":{"a":1} }""");

        Assert.Equal(400, status);
        Assert.Contains("PENDING", (string)problem!["detail"]!);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Labels_keep_their_kinds_when_others_are_put_over_them(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (_, run) = await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{await FlowAsync(server)}}","labels":{"a":true,"b":false,"c":"s"} }""");

        var (status, _) = await server.PatchAsync($"flow_runs/{run!["id"]}/labels", """{"b":true,"d":false,"e":1.5,"f":2}""");

        var labels = (await server.GetAsync($"flow_runs/{run["id"]}")).Body!["labels"]!.AsObject();
        labels.Remove("prefect.flow.id");
        Assert.Equal(204, status);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"a":true,"b":true,"c":"s","d":false,"e":1.5,"f":2}"""), labels), labels.ToJsonString());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_run_with_a_key_and_without_job_variables_has_none(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var flow = await FlowAsync(server);

        var (_, keyed) = await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{flow}}","idempotency_key":"k"}""");
        var (_, plain) = await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{flow}}"}""");
        var (_, deployment) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{flow}}"}""");
        var (_, deployed) = await server.PostAsync($"deployments/{deployment!["id"]}/create_flow_run", """{"idempotency_key":"l","job_variables":null}""");
        var (_, set) = await server.PostAsync($"deployments/{deployment["id"]}/create_flow_run", """{"idempotency_key":"m","job_variables":{"a":1} }""");
        var (_, unset) = await server.PostAsync($"deployments/{deployment["id"]}/create_flow_run", """{"idempotency_key":"n"}""");

        Assert.Null(keyed!["job_variables"]);
        Assert.Equal("{}", plain!["job_variables"]!.ToJsonString());
        Assert.Null(deployed!["job_variables"]);
        Assert.Equal("""{"a":1}""", set!["job_variables"]!.ToJsonString());
        Assert.Equal("{}", unset!["job_variables"]!.ToJsonString());
    }

    [Fact]
    public async Task The_average_lateness_on_SQLite_is_of_whole_seconds()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{await FlowAsync(server)}}"}""");
        await server.Database.ExecuteAsync(
            "update flow_run set expected_start_time = '2026-01-01 00:00:00.900000', start_time = '2026-01-01 00:00:05.100000'");

        Assert.Equal(5, (double)(await server.PostAsync("flow_runs/lateness")).Body!);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Job_variables_go_by_the_state_itself_whatever_the_columns_of_the_run_say(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (_, deployment) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{await FlowAsync(server)}}"}""");
        var (_, run) = await server.PostAsync($"deployments/{deployment!["id"]}/create_flow_run");
        await server.Database.ExecuteAsync("update flow_run set state_type = null");

        var (status, _) = await server.PatchAsync($"flow_runs/{run!["id"]}", """{"job_variables":{"a":1}}""");

        Assert.Equal((204, """{"a":1}"""), (status, (await server.GetAsync($"flow_runs/{run["id"]}")).Body!["job_variables"]!.ToJsonString()));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_paused_run_resumes_with_the_input_its_schema_asks_for(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var flow = await FlowAsync(server);
        var (_, run) = await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{flow}}","state":{"type":"RUNNING"} }""");
        var path = $"flow_runs/{run!["id"]}";
        await server.PostAsync($"{path}/set_state", """{"state":{"type":"PAUSED","state_details":{"pause_key":"1","run_input_keyset":{"schema":"p-schema","response":"p-response"} } } }""");
        const string Schema = """{"type":"object","properties":{"ok":{"type":"boolean"} },"required":["ok"]}""";

        var (_, noSchema) = await server.PostAsync($"{path}/resume", """{"run_input":{"ok":true} }""");
        await server.PostAsync($"{path}/input", new JsonObject { ["key"] = "p-schema", ["value"] = Schema }.ToJsonString());
        var (_, wrong) = await server.PostAsync($"{path}/resume", """{"run_input":{"ok":"no"} }""");
        var (status, right) = await server.PostAsync($"{path}/resume", """{"run_input":{"ok":true} }""");
        var (_, stored) = await server.GetAsync($"{path}/input/p-response");
        var (_, twice) = await server.PostAsync($"{path}/resume", """{"run_input":{"ok":true} }""");

        Assert.Equal(("REJECT", "Run input schema not found."), ((string)noSchema!["status"]!, (string)noSchema["details"]!["reason"]!));
        Assert.Equal("REJECT", (string)wrong!["status"]!);
        Assert.Equal((201, "ACCEPT", "RUNNING"), (status, (string)right!["status"]!, (string)right["state"]!["type"]!));
        Assert.Equal("""{"ok":true}""", stored!.ToJsonString());
        Assert.Equal("ABORT", (string)twice!["status"]!);
    }

    private static IEnumerable<string> Names(JsonNode? runs) => runs!.AsArray().Select(static run => (string)run!["name"]!);

    private static IEnumerable<string> Statuses(JsonNode? answer) => answer!["results"]!.AsArray().Select(static result => (string)result!["status"]!);

    private static async Task<string> FlowAsync(TestServer server)
    {
        var (_, flow) = await server.PostAsync("flows/", """{"name":"etl"}""");
        return (string)flow!["id"]!;
    }
}
