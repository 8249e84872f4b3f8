namespace Reeve.Server.Tests.Automations;

/// <summary>What actions act upon.</summary>
internal static class ActionParts
{
    public static async Task<string> FlowAsync(AutomationBench bench) =>
        (await bench.Server.PostAsync("flows/", """{"name":"f"}""")).Body!["id"]!.GetValue<string>();

    public static async Task<string> DeploymentAsync(AutomationBench bench)
    {
        var (status, body) = await bench.Server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{await FlowAsync(bench)}}"}""");
        Assert.True(status is 200 or 201, body?.ToJsonString());
        return body!["id"]!.GetValue<string>();
    }

    public static async Task<string> FlowRunAsync(AutomationBench bench, string state)
    {
        var (status, body) = await bench.Server.PostAsync("flow_runs/", $$$"""{"flow_id":"{{{await FlowAsync(bench)}}}","deployment_id":"{{{await DeploymentAsync(bench)}}}","state":{"type":"{{{state}}}"}}""");
        Assert.True(status is 200 or 201, body?.ToJsonString());
        await bench.SettleAsync();
        return body!["id"]!.GetValue<string>();
    }

    public static async Task<string> BlockAsync(AutomationBench bench, string slug, string[] capabilities, string data)
    {
        var (_, type) = await bench.Server.PostAsync("block_types/", $$"""{"name":"{{slug}}","slug":"{{slug}}"}""");
        var can = string.Join(',', capabilities.Select(one => $"\"{one}\""));
        var (_, schema) = await bench.Server.PostAsync("block_schemas/", $$$"""{"fields":{"title":"x","type":"object","properties":{}},"block_type_id":"{{{type!["id"]}}}","capabilities":[{{{can}}}]}""");
        var (status, block) = await bench.Server.PostAsync(
            "block_documents/", $$"""{"name":"b","data":{{data}},"block_schema_id":"{{schema!["id"]}}","block_type_id":"{{type["id"]}}"}""");
        Assert.True(status == 201, block?.ToJsonString());
        return block!["id"]!.GetValue<string>();
    }
}
