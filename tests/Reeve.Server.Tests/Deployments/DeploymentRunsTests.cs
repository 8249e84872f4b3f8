using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Data;
using Reeve.Testing;

namespace Reeve.Server.Tests.Deployments;

public sealed class DeploymentRunsTests
{
    private const string Schema = """{"type":"object","properties":{"x":{"type":"integer"}},"required":["x"]}""";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_run_is_what_was_asked_for_over_what_the_deployment_says_and_is_made_once_a_key(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var id = await DeployAsync(server);
        const string asked = """{"parameters":{"x":1},"tags":["b"],"labels":{"l":1},"idempotency_key":"k"}""";
        var (first, run) = await server.PostAsync($"deployments/{id}/create_flow_run", asked);
        var (second, again) = await server.PostAsync($"deployments/{id}/create_flow_run", asked);
        Assert.Equal((201, 200), (first, second));
        Assert.Equal(run!["id"]!.ToString(), again!["id"]!.ToString());
        Assert.Equal(4, Guid.Parse((string)run["id"]!).Version);
        Assert.Equal("""{"y":2,"x":1}""".Length, run["parameters"]!.ToJsonString().Length);
        Assert.Equal("""["a","b"]""", run["tags"]!.ToJsonString());
        Assert.Equal(("SCHEDULED", "Scheduled"), ((string?)run["state_type"], (string?)run["state"]!["name"]));
        Assert.Equal(id, (string?)run["labels"]!["prefect.deployment.id"]);
        Assert.Equal(1, (int)run["labels"]!["l"]!);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Of_many_runs_each_succeeds_or_fails_for_itself(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var id = await DeployAsync(server);
        var (status, answer) = await server.PostAsync($"deployments/{id}/create_flow_run/bulk",
            """[{"parameters":{"x":1}},{"parameters":{"x":"no"}},{"parameters":{"x":1},"work_queue_name":"q"}]""");
        Assert.Equal(200, status);
        Assert.Equal(["CREATED", "FAILED", "FAILED"], answer!["results"]!.AsArray().Select(result => (string?)result!["status"]));
        Assert.Equal(
            "Parameter validation failed: Validation failed for field 'x'. Failure reason: 'no' is not of type 'integer'", (string?)answer["results"]![1]!["error"]);
        Assert.Equal(409, (await server.PostAsync($"deployments/{id}/create_flow_run")).Status);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Asking_for_what_is_due_makes_a_deployment_ready_but_not_changed(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var id = await DeployAsync(server);
        var (_, before) = await server.GetAsync($"deployments/{id}");
        await server.PostAsync($"deployments/{id}/create_flow_run", """{"parameters":{"x":1}}""");
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        var (status, due) = await server.PostAsync("deployments/get_scheduled_flow_runs", $$"""{"deployment_ids":["{{id}}"]}""");
        Assert.Equal(200, status);
        Assert.Equal("SCHEDULED", (string?)Assert.Single(due!.AsArray())!["state"]!["type"]);
        var (_, after) = await server.GetAsync($"deployments/{id}");
        Assert.Equal(("NOT_READY", "READY"), ((string?)before!["status"], (string?)after!["status"]));
        Assert.Equal((string?)before["updated"], (string?)after["updated"]);
        Assert.NotNull(after["last_polled"]);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task However_many_become_ready_at_once_each_is_told_of(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var one = await DeployAsync(server);
        Guid[] ids = [.. Enumerable.Range(0, 1100).Select(static _ => Guid.NewGuid())];
        var now = server.Clock.GetUtcNow();
        var flow = Guid.Parse((string)(await server.GetAsync($"deployments/{one}")).Body!["flow_id"]!);
        var batch = new SqlBatch();
        batch.Insert($"insert into deployment (id, created, updated, name, flow_id)", ids, id => $"({id}, {now}, {now}, {id.ToString()}, {flow})");
        await server.Server.Services.GetRequiredService<Db>().WriteAsync(batch, default);

        await server.PostAsync("deployments/get_scheduled_flow_runs", new JsonObject { ["deployment_ids"] = new JsonArray([.. ids.Select(static id => JsonValue.Create(id))]) }.ToJsonString());

        Assert.Equal(1100, await server.Database.ScalarAsync<long>("select count(*) from deployment where status = 'READY'"));
        Assert.Equal(1100, await server.Database.ScalarAsync<long>("select count(distinct event ->> 'resource') from reeve_outbox where event ->> 'event' = 'prefect.deployment.ready'"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_run_names_the_automation_that_asked_for_it(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var id = await DeployAsync(server);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"deployments/{id}/create_flow_run") { Content = new StringContent("""{"parameters":{"x":1}}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("prefect-automation-id", "00000000-0000-4000-8000-000000000001");
        request.Headers.Add("prefect-automation-name", "8J+TuCBHb3RjaGEh");

        using var answer = await server.Http.SendAsync(request);

        var run = JsonNode.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(("AUTOMATION", "\ud83d\udcf8 Gotcha!"), ((string)run!["created_by"]!["type"]!, (string)run["created_by"]!["display_value"]!));
    }

    private static async Task<string> DeployAsync(TestServer server)
    {
        var (_, flow) = await server.PostAsync("flows/", """{"name":"f"}""");
        var (status, deployment) = await server.PostAsync("deployments/",
            $$$"""{"name":"d","flow_id":"{{{flow!["id"]}}}","tags":["a"],"parameters":{"y":2},"parameter_openapi_schema":{{{Schema}}},"enforce_parameter_schema":true}""");
        Assert.Equal(201, status);
        return deployment!["id"]!.ToString();
    }
}
