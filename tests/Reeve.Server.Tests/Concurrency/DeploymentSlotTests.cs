using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Services;
using Reeve.Testing;

namespace Reeve.Server.Tests.Concurrency;

/// <summary>A deployment's limit is a limit and a run's lease is a lease like any other, whichever side one looks from.</summary>
public sealed class DeploymentSlotTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_runs_slot_is_seen_renewed_repossessed_and_taken_again(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (name, first, second) = await SeedAsync(server);

        var lease = Lease(await SetAsync(server, first, "PENDING"));
        var waits = await SetAsync(server, second, "PENDING");
        Assert.Equal(("REJECT", "AwaitingConcurrencySlot"), ((string?)waits["status"], (string?)waits["state"]!["name"]));
        Assert.Equal((1, 1), await Slots.OfAsync(server, name));
        Assert.Equal(423, (await Slots.TryAsync(server, "v2/concurrency_limits/increment", $$"""{"slots":1,"names":["{{name}}"]}""")).Status);
        Assert.Equal(204, (await server.PostAsync($"v2/concurrency_limits/leases/{lease}/renew", """{"lease_duration":60}""")).Status);

        server.Clock.Advance(TimeSpan.FromSeconds(61));
        var repossessor = server.Server.Services.GetServices<Service>().Single(service => service.Name == "Repossessor");
        await repossessor.RunOnceAsync(CancellationToken.None);
        Assert.Equal((0, 0), await Slots.OfAsync(server, name));

        var again = Lease(await SetAsync(server, first, "RUNNING"));
        Assert.NotEqual(lease, again);
        Assert.Equal((1, 1), await Slots.OfAsync(server, name));
        await SetAsync(server, first, "COMPLETED");
        Assert.Equal((0, 0), await Slots.OfAsync(server, name));
        Assert.Equal("ACCEPT", (string?)(await SetAsync(server, second, "PENDING"))["status"]);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_run_whose_slot_went_to_another_is_cancelled_and_frees_nothing(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (name, first, second) = await SeedAsync(server);

        var lease = Lease(await SetAsync(server, first, "PENDING"));
        await server.PostAsync("v2/concurrency_limits/decrement-with-lease", $$"""{"lease_id":"{{lease}}"}""");
        await SetAsync(server, second, "PENDING");
        var lost = await SetAsync(server, first, "RUNNING");
        Assert.Equal(("REJECT", "CANCELLED"), ((string?)lost["status"], (string?)lost["state"]!["type"]));
        Assert.Equal((1, 1), await Slots.OfAsync(server, name));

        // Whoever gives back by number cannot take the second one's.
        await server.PostAsync("v2/concurrency_limits/decrement", $$"""{"slots":1,"names":["{{name}}"]}""");
        Assert.Equal((1, 1), await Slots.OfAsync(server, name));
        await server.DeleteAsync($"flow_runs/{second}");
        Assert.Equal((0, 0), await Slots.OfAsync(server, name));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_deployment_whose_limit_is_deleted_has_none(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (name, first, second) = await SeedAsync(server);
        await SetAsync(server, first, "PENDING");

        Assert.Equal(204, (await server.DeleteAsync($"v2/concurrency_limits/{name}")).Status);
        var (_, deployment) = await server.GetAsync("deployments/name/f/d");
        Assert.Null(deployment!["global_concurrency_limit"]);
        Assert.Equal("ACCEPT", (string?)(await SetAsync(server, second, "PENDING"))["status"]);
        Assert.Equal("ACCEPT", (string?)(await SetAsync(server, first, "RUNNING"))["status"]);
        Assert.Equal("ACCEPT", (string?)(await SetAsync(server, first, "COMPLETED"))["status"]);
    }

    private static async Task<(string Limit, Guid First, Guid Second)> SeedAsync(TestServer server)
    {
        server.Http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "prefect/3.8.4 (API 0.8.4)");
        var (_, flow) = await server.PostAsync("flows/", """{"name":"f"}""");
        var (_, deployment) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{flow!["id"]}}","concurrency_limit":1}""");
        var runs = new List<Guid>();
        for (var i = 0; i < 2; i++)
        {
            var (_, run) = await server.PostAsync($"deployments/{deployment!["id"]}/create_flow_run", """{"state":{"type":"SCHEDULED"} }""");
            runs.Add(Guid.Parse((string)run!["id"]!));
        }
        return ($"deployment:{deployment!["id"]}", runs[0], runs[1]);
    }

    private static async Task<JsonNode> SetAsync(TestServer server, Guid run, string type)
    {
        var (_, answer) = await server.PostAsync($"flow_runs/{run}/set_state", $$"""{"state":{"type":"{{type}}"} }""");
        return answer!;
    }

    private static string? Lease(JsonNode answer)
    {
        Assert.Equal("ACCEPT", (string?)answer["status"]);
        return (string?)answer["state"]!["state_details"]!["deployment_concurrency_lease_id"];
    }
}
