using Reeve.Server.Tests.FlowRuns;
using Reeve.Testing;

namespace Reeve.Server.Tests.Deployments;

/// <summary>What happens to a request whose deployment or queue somebody else changes between what it has read and what it writes.</summary>
public sealed class DeploymentRacesTests
{
    [Fact]
    public async Task A_deployment_that_goes_meanwhile_gets_no_run()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var deployment = await DeployAsync(server);

        var (status, body) = await Race.OvertakenAsync(
            server, "insert into flow_run (", other => other.DeleteAsync($"deployments/{deployment}"), () => server.PostAsync($"deployments/{deployment}/create_flow_run"));

        Assert.Equal((404, "Deployment not found"), (status, (string?)body!["detail"]));
        Assert.Equal(0, await server.Database.ScalarAsync<long>("select count(*) from flow_run"));
    }

    [Fact]
    public async Task A_deployment_that_goes_meanwhile_gets_no_run_of_several()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var deployment = await DeployAsync(server);

        var (status, body) = await Race.OvertakenAsync(
            server, "insert into flow_run (", other => other.DeleteAsync($"deployments/{deployment}"),
            () => server.PostAsync($"deployments/{deployment}/create_flow_run/bulk", "[{},{}]"));

        Assert.Equal(200, status);
        Assert.All(body!["results"]!.AsArray(), static one => Assert.Equal(("FAILED", "Deployment not found"), ((string?)one!["status"], (string?)one["error"])));
        Assert.Equal(0, await server.Database.ScalarAsync<long>("select count(*) from flow_run"));
    }

    [Fact]
    public async Task Two_first_deployments_for_agents_make_one_pool_and_both_are_there()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var flow = await Runs.FlowAsync(server);

        var (status, body) = await Race.OvertakenAsync(
            server, "insert into work_pool", other => other.PostAsync("deployments/", $$"""{"name":"b","flow_id":"{{flow}}","work_queue_name":"second"}"""),
            () => server.PostAsync("deployments/", $$"""{"name":"a","flow_id":"{{flow}}","work_queue_name":"first"}"""));

        Assert.Equal((201, "first"), (status, (string?)body!["work_queue_name"]));
        await AssertRanksAsync(server, "default-agent-pool", 3);
    }

    [Fact]
    public async Task A_queue_that_a_deployment_brings_has_a_rank_of_its_own()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var flow = await Runs.FlowAsync(server);
        var (_, pool) = await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");

        await Race.BehindAsync(
            server, $"insert into work_queue (id, name, priority, work_pool_id) values (gen_random_uuid(), 'theirs', 2, '{pool!["id"]}')",
            () => server.PostAsync("deployments/", $$"""{"name":"a","flow_id":"{{flow}}","work_pool_name":"p","work_queue_name":"ours"}"""));

        await AssertRanksAsync(server, "p", 3);
    }

    [Fact]
    public async Task Of_two_who_deploy_one_name_at_once_one_creates_and_one_changes_it_and_both_tell()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var flow = await Runs.FlowAsync(server);

        var (status, body) = await Race.OvertakenAsync(
            server, "insert into deployment (", other => other.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{flow}}","description":"theirs"}"""),
            () => server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{flow}}","description":"ours"}"""));

        Assert.Equal((200, "ours"), (status, (string?)body!["description"]));
        Assert.Equal(["prefect.deployment.created", "prefect.deployment.updated"], await Runs.ToldAsync(server, $"prefect.deployment.{body["id"]}"));
    }

    [Fact]
    public async Task A_deployment_that_goes_while_it_is_deployed_again_is_told_as_new()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var old = await DeployAsync(server);
        var flow = await Runs.FlowAsync(server);

        var (status, body) = await Race.OvertakenAsync(
            server, "insert into deployment (", other => other.DeleteAsync($"deployments/{old}"),
            () => server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{flow}}","description":"new"}"""));

        Assert.Equal(201, status);
        Assert.Equal(["prefect.deployment.created"], await Runs.ToldAsync(server, $"prefect.deployment.{body!["id"]}"));
        Assert.Equal(["prefect.deployment.created", "prefect.deployment.deleted"], await Runs.ToldAsync(server, $"prefect.deployment.{old}"));
    }

    [Fact]
    public async Task A_change_meets_the_schedules_there_are_when_it_is_written()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var deployment = await DeployAsync(server);
        await server.PostAsync($"deployments/{deployment}/schedules", """[{"schedule":{"interval":3600},"slug":"a"}]""");

        var (status, _) = await Race.OvertakenAsync(
            server, "update deployment set", other => other.PostAsync($"deployments/{deployment}/schedules", """[{"schedule":{"interval":60},"slug":"b"}]"""),
            () => server.PatchAsync($"deployments/{deployment}", """{"schedules":[{"schedule":{"interval":7200},"slug":"b"}]}"""));

        var (_, schedules) = await server.GetAsync($"deployments/{deployment}/schedules");
        Assert.Equal(204, status);
        Assert.Equal(
            [("a", 3600), ("b", 7200)],
            schedules!.AsArray().Select(static schedule => ((string)schedule!["slug"]!, (double)schedule["schedule"]!["interval"]!)).Order());
    }

    [Theory]
    [InlineData("PATCH", "", "update deployment set", """{"description":"new"}""")]
    [InlineData("POST", "/schedules", "insert into deployment_schedule", """[{"schedule":{"interval":3600}}]""")]
    public async Task A_change_of_a_deployment_that_goes_meanwhile_is_answered_with_404(string method, string path, string statement, string body)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var deployment = await DeployAsync(server);

        var (status, _) = await Race.OvertakenAsync(
            server, statement, other => other.DeleteAsync($"deployments/{deployment}"), () => server.SendAsync(new HttpMethod(method), $"deployments/{deployment}{path}", body));

        Assert.Equal(404, status);
    }

    [Theory]
    [InlineData("POST", "deployments/", "insert into deployment (")]
    [InlineData("PATCH", "deployments/name", "update deployment set")]
    [InlineData("POST", "work_pools/p/queues", "insert into work_queue")]
    public async Task A_pool_that_goes_meanwhile_is_missed_by_name(string method, string path, string statement)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");
        var deployment = await DeployAsync(server);
        var body = path.StartsWith("work", StringComparison.Ordinal) ? """{"name":"q"}"""
            : method == "PATCH" ? """{"work_pool_name":"p"}""" : $$"""{"name":"new","flow_id":"{{await Runs.FlowAsync(server)}}","work_pool_name":"p"}""";

        var (status, answer) = await Race.OvertakenAsync(
            server, statement, static other => other.DeleteAsync("work_pools/p"),
            () => server.SendAsync(new HttpMethod(method), path.Replace("name", deployment, StringComparison.Ordinal), body));

        Assert.Equal((404, "Work pool \"p\" not found."), (status, (string?)answer!["detail"]));
    }

    [Fact]
    public async Task A_run_of_a_deployment_whose_queue_goes_meanwhile_is_made_without_one()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");
        var (_, deployment) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{await Runs.FlowAsync(server)}}","work_pool_name":"p"}""");

        var (status, run) = await Race.OvertakenAsync(
            server, "insert into flow_run (", static other => other.DeleteAsync("work_pools/p"), () => server.PostAsync($"deployments/{deployment!["id"]}/create_flow_run"));

        Assert.Equal((201, null), (status, (string?)run!["work_queue_id"]));
    }

    private static async Task<string> DeployAsync(TestServer server)
    {
        var (_, deployment) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{await Runs.FlowAsync(server)}}"}""");
        return (string)deployment!["id"]!;
    }

    private static async Task AssertRanksAsync(TestServer server, string pool, int queues)
    {
        var (_, found) = await server.PostAsync($"work_pools/{pool}/queues/filter");
        Assert.Equal(Enumerable.Range(1, queues), found!.AsArray().Select(static queue => (int)queue!["priority"]!));
    }
}
