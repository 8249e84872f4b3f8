using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Server.Tests.Http;

/// <summary>Clients of 3.0, and of versions that are not there yet, against a server that is not strict.</summary>
public sealed class ClientsOfOtherVersionsTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_client_of_3_0_makes_a_pool_and_deploys_to_it(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind, null, "PREFECT_REEVE_STRICT_REQUESTS=false");
        server.Http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "prefect/3.0.0 (API 0.8.4)");
        server.Http.DefaultRequestHeaders.TryAddWithoutValidation("X-PREFECT-API-VERSION", "0.8.4");

        var (_, flow) = await server.PostAsync("flows/", """{"name":"f"}""");
        var (pooled, pool) = await server.PostAsync("work_pools/",
            """{"name":"p","description":null,"type":"process","base_job_template":{},"is_paused":false,"concurrency_limit":null}""");
        // What later versions have dropped: worker_pool_name, and two members of a schedule.
        var (deployed, deployment) = await server.PostAsync("deployments/",
            $$$"""
            {"name":"d","flow_id":"{{{flow!["id"]}}}","paused":false,"worker_pool_name":null,"work_pool_name":"p","work_queue_name":null,"enforce_parameter_schema":true,
            "parameter_openapi_schema":{"type":"object","properties":{}},"parameters":{},"tags":[],"pull_steps":null,"storage_document_id":null,
            "schedules":[{"active":true,"schedule":{"cron":"0 0 * * *","timezone":null,"day_or":true},"max_active_runs":null,"catchup":false}]}
            """);
        var (started, _) = await server.PostAsync($"deployments/{deployment!["id"]}/create_flow_run", """{"parameters":{},"state":{"type":"SCHEDULED","message":null,"state_details":{}}}""");
        var (polled, due) = await server.PostAsync("work_pools/p/get_scheduled_flow_runs", """{"work_queue_names":[],"scheduled_before":"2026-03-02T12:00:10Z"}""");
        var (tooOld, _) = await AskAsync(server, "0.7.9");
        var (malformed, _) = await AskAsync(server, "three");

        Assert.Equal((201, 201, 201, 200), (pooled, deployed, started, polled));
        Assert.Equal(["bundle_upload_step", "bundle_execution_step"], pool!["storage_configuration"]!.AsObject().Select(static member => member.Key));
        Assert.Equal("0 0 * * *", (string?)deployment["schedules"]![0]!["schedule"]!["cron"]);
        Assert.Single(due!.AsArray());
        Assert.Equal((400, 400), (tooOld, malformed));
    }

    [Fact]
    public async Task What_a_newer_client_says_beyond_this_version_is_ignored_and_counted()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite, null, "PREFECT_REEVE_STRICT_REQUESTS=false");
        var counted = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "reeve.http.unknown_fields") self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            // Of all servers in this process, only this test's is sent a PATCH with keys it does not know.
            if (tags.ToArray().Any(static tag => tag.Value as string == "PATCH")) Interlocked.Add(ref counted, count);
        });
        listener.Start();

        var (status, pool) = await server.PostAsync("work_pools/", """{"name":"p","from_tomorrow":1,"and_the_day_after":{"x":[]}}""");
        var (patched, _) = await server.PatchAsync("work_pools/p", """{"description":"d","from_tomorrow":2,"and":{"more":[]}}""");

        Assert.Equal((201, 204), (status, patched));
        Assert.Equal("p", (string?)pool!["name"]);
        Assert.Equal(2, Interlocked.Read(ref counted));
    }

    private static async Task<(int Status, JsonNode? Body)> AskAsync(TestServer server, string version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "flows/filter");
        request.Headers.TryAddWithoutValidation("X-PREFECT-API-VERSION", version);
        server.Http.DefaultRequestHeaders.Remove("X-PREFECT-API-VERSION");
        using var answer = await server.Http.SendAsync(request);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync()));
    }
}
