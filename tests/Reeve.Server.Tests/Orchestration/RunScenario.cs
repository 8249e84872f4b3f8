using System.Text.Json.Nodes;

namespace Reeve.Server.Tests.Orchestration;

/// <summary>Runs whose transitions touch all there is: a subflow of a limited deployment, and a task with a limited tag and a cache key.</summary>
internal static class RunScenario
{
    public const string Completed = """{"state":{"type":"COMPLETED","data":{"type":"reference","artifact_key":"report","x":1},"state_details":{"cache_key":"k"}}}""";

    public static string Simple(string type) => $$"""{"state":{"type":"{{type}}"} }""";

    /// <summary>A scheduled flow run; the path that sets its state.</summary>
    public static async Task<string> FlowRunAsync(TestServer server)
    {
        var flow = await IdAsync(server, "flows/", new JsonObject { ["name"] = "etl" });
        var parent = await IdAsync(server, "flow_runs/", new JsonObject { ["flow_id"] = flow });
        var task = await IdAsync(server, "task_runs/", Task(parent));
        var deployment = await IdAsync(server, "deployments/", new JsonObject { ["name"] = "d", ["flow_id"] = flow, ["concurrency_limit"] = 1 });
        var run = await IdAsync(server, "flow_runs/", new JsonObject
        {
            ["flow_id"] = flow, ["deployment_id"] = deployment, ["parent_task_run_id"] = task, ["state"] = new JsonObject { ["type"] = "SCHEDULED" },
        });
        return $"flow_runs/{run}/set_state";
    }

    /// <summary>A pending task run with a tag that has one slot; the path that sets its state.</summary>
    public static async Task<string> TaskRunAsync(TestServer server)
    {
        await server.Database.ExecuteAsync(
            $"""
            insert into concurrency_limit_v2 (id, created, updated, active, name, "limit", active_slots, denied_slots, slot_decay_per_second, avg_slot_occupancy_seconds)
            values ('{Guid.NewGuid()}', '2024-01-01 00:00:00.000000', '2024-01-01 00:00:00.000000', true, 'tag:db', 1, 0, 0, 0.0, 2.0)
            """);
        var flow = await IdAsync(server, "flows/", new JsonObject { ["name"] = "etl" });
        var parent = await IdAsync(server, "flow_runs/", new JsonObject { ["flow_id"] = flow, ["state"] = new JsonObject { ["type"] = "RUNNING" } });
        var body = Task(parent);
        body["tags"] = new JsonArray("db");
        return $"task_runs/{await IdAsync(server, "task_runs/", body)}/set_state";
    }

    private static JsonObject Task(string flowRun) => new() { ["flow_run_id"] = flowRun, ["task_key"] = "t", ["dynamic_key"] = "0" };

    private static async Task<string> IdAsync(TestServer server, string path, JsonObject body)
    {
        var (status, made) = await server.PostAsync(path, body.ToJsonString());
        Assert.Equal((path, 201), (path, status));
        return (string)made!["id"]!;
    }
}
