using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Server.Tests.FlowRuns;

public sealed class FlowRunGraphTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Edges_lead_from_inputs_and_stand_at_both_ends_once(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var flow = await FlowAsync(server);
        var run = await RunAsync(server, flow);
        var outer = await TaskAsync(server, run, "outer", "{}");
        var first = await TaskAsync(server, run, "first", Inputs(("__parents__", outer)));
        var second = await TaskAsync(server, run, "second", Inputs(("x", first), ("y", first), ("__parents__", outer)));
        var third = await TaskAsync(server, run, "third", Inputs(("x", second), ("gone", Guid.NewGuid().ToString())));

        var (_, graph) = await server.GetAsync($"flow_runs/{run}/graph-v2");

        var nodes = graph!["nodes"]!.AsArray().ToDictionary(static node => (string)node![0]!, static node => node![1]!);
        Assert.Equal([outer, first], graph["root_node_ids"]!.AsArray().Select(static id => (string)id!));
        Assert.Equal([outer, first, second, third], graph["nodes"]!.AsArray().Select(static node => (string)node![0]!));
        Assert.Equal([second], Ids(nodes[first]["children"]));
        Assert.Equal([first], Ids(nodes[second]["parents"]));
        Assert.Equal([outer], Ids(nodes[second]["encapsulating"]));
        Assert.Equal([second], Ids(nodes[third]["parents"]));
        Assert.Equal(["Pending"], graph["states"]!.AsArray().Select(static state => (string)state!["name"]!));

        var (_, dependencies) = await server.GetAsync($"flow_runs/{run}/graph");
        Assert.Equal(4, dependencies!.AsArray().Count);
        var upstream = dependencies.AsArray().Single(task => (string)task!["id"]! == second)!["upstream_dependencies"]!;
        Assert.Equal(new[] { outer, first }.Order(), Ids(upstream).Order());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_subflow_is_shown_in_place_of_its_task_and_artifacts_at_their_makers(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var flow = await FlowAsync(server);
        var run = await RunAsync(server, flow);
        var wrapper = await TaskAsync(server, run, "wrapper", "{}");
        var child = await RunAsync(server, flow, $$""","name":"child","parent_task_run_id":"{{wrapper}}" """);
        var task = await TaskAsync(server, run, "after", Inputs(("x", child)));
        await server.PostAsync("artifacts/", $$"""{"key":"p","type":"progress","data":0.5,"flow_run_id":"{{run}}","task_run_id":"{{task}}"}""");
        await server.PostAsync("artifacts/", $$"""{"key":"m","type":"markdown","data":"x","flow_run_id":"{{run}}"}""");
        await server.PostAsync("artifacts/", $$"""{"type":"result","data":"x","flow_run_id":"{{run}}"}""");

        var (_, graph) = await server.GetAsync($"flow_runs/{run}/graph-v2");

        var nodes = graph!["nodes"]!.AsArray();
        Assert.Equal(("flow-run", child, "etl / child"), ((string)nodes[0]![1]!["kind"]!, (string)nodes[0]![0]!, (string)nodes[0]![1]!["label"]!));
        Assert.Equal([child], Ids(nodes[1]![1]!["parents"]));
        var made = Assert.Single(nodes[1]![1]!["artifacts"]!.AsArray())!;
        Assert.Equal((0.5, true), ((double)made["data"]!, (bool)made["is_latest"]!));
        var own = Assert.Single(graph["artifacts"]!.AsArray())!;
        Assert.Equal("m", (string)own["key"]!);
        Assert.Null(own["data"]);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_graph_has_a_limit_and_can_be_had_from_a_time_on(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind, null, "PREFECT_API_MAX_FLOW_RUN_GRAPH_NODES=2");
        var flow = await FlowAsync(server);
        var run = await RunAsync(server, flow);
        var done = await TaskAsync(server, run, "done", "{}");
        await server.PostAsync($"task_runs/{done}/set_state", """{"state":{"type":"COMPLETED"},"force":true}""");
        var open = await TaskAsync(server, run, "open", Inputs(("x", done)));
        var (fits, _) = await server.GetAsync($"flow_runs/{run}/graph-v2");
        await TaskAsync(server, run, "more", "{}");

        var (tooLarge, problem) = await server.GetAsync($"flow_runs/{run}/graph-v2");
        var since = Uri.EscapeDataString(server.Clock.GetUtcNow().ToString("O"));
        var (part, graph) = await server.GetAsync($"flow_runs/{run}/graph-v2?since={since}");
        var (bad, _) = await server.GetAsync($"flow_runs/{run}/graph-v2?since=soon");
        var (missing, _) = await server.GetAsync($"flow_runs/{Guid.NewGuid()}/graph-v2");

        Assert.Equal((200, 400, 200, 422, 404), (fits, tooLarge, part, bad, missing));
        Assert.Contains("has more than 2 nodes", (string)problem!["detail"]!);
        Assert.Equal(2, graph!["nodes"]!.AsArray().Count);
        Assert.Equal([done], Ids(graph["nodes"]!.AsArray().Single(node => (string)node![0]! == open)![1]!["parents"]));
    }

    private static string[] Ids(JsonNode? edges) => [.. edges!.AsArray().Select(static edge => (string)edge!["id"]!)];

    private static string Inputs(params (string Argument, string Run)[] inputs)
    {
        var json = new JsonObject();
        foreach (var (argument, run) in inputs) json[argument] = new JsonArray(new JsonObject { ["input_type"] = "task_run", ["id"] = run });
        return json.ToJsonString();
    }

    private static async Task<string> FlowAsync(TestServer server)
    {
        var (_, flow) = await server.PostAsync("flows/", """{"name":"etl"}""");
        return (string)flow!["id"]!;
    }

    private static async Task<string> RunAsync(TestServer server, string flow, string more = "")
    {
        var (status, run) = await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{flow}}"{{more}}}""");
        Assert.Equal(201, status);
        return (string)run!["id"]!;
    }

    /// <summary>A task run one second later than the last.</summary>
    private static async Task<string> TaskAsync(TestServer server, string run, string key, string inputs)
    {
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        var (status, task) = await server.PostAsync(
            "task_runs/", $$"""{"flow_run_id":"{{run}}","task_key":"{{key}}","dynamic_key":"0","task_inputs":{{inputs}}}""");
        Assert.Equal(201, status);
        return (string)task!["id"]!;
    }
}
