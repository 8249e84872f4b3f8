using System.Text.Json.Nodes;

namespace Reeve.EndToEnd.Tests;

/// <summary>Things a test wants to be there before it begins.</summary>
internal static class TestApiSamples
{
    /// <summary>A deployment in a process pool whose runs execute a shell script; its id.</summary>
    public static async Task<string> DeploymentAsync(this TestApi api, string flow, string name, string pool, string script)
    {
        await api.SendAsync(HttpMethod.Post, "/work_pools/", $$"""{"name": "{{pool}}", "type": "process"}""");
        var flowId = (string)(await api.PostAsync("/flows/", $$"""{"name": "{{flow}}"}"""))["id"]!;
        var deployment = new JsonObject
        {
            ["name"] = name,
            ["flow_id"] = flowId,
            ["work_pool_name"] = pool,
            ["job_variables"] = new JsonObject { ["command"] = $"sh -c '{script}'" },
        };
        return (string)(await api.PostAsync("/deployments/", deployment.ToJsonString()))["id"]!;
    }

    /// <summary>A run of a deployment, due now; its id.</summary>
    public static async Task<string> RunAsync(this TestApi api, string deployment) =>
        (string)(await api.PostAsync($"/deployments/{deployment}/create_flow_run", """{"state": {"type": "SCHEDULED"}}"""))["id"]!;
}
