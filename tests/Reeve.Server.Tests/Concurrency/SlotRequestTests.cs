using Reeve.Testing;

namespace Reeve.Server.Tests.Concurrency;

public sealed class SlotRequestTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(DatabaseKind.Sqlite);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_makes_no_sense_is_refused_before_anything_is_written()
    {
        await _server.PostAsync("v2/concurrency_limits/", """{"name":"a","limit":2}""");
        var id = Guid.NewGuid();
        foreach (var (path, body) in new[]
        {
            ("v2/concurrency_limits/", """{"name":"a/b","limit":1}"""),
            ("v2/concurrency_limits/", """{"name":"b","limit":-1}"""),
            ("v2/concurrency_limits/", """{"name":"b","limit":1,"slot_decay_per_second":-1}"""),
            ("v2/concurrency_limits/", """{"name":"b"}"""),
            ("v2/concurrency_limits/filter", """{"limit":201}"""),
            ("v2/concurrency_limits/filter", """{"offset":-1}"""),
            ("v2/concurrency_limits/increment", """{"names":["a"],"slots":0}"""),
            ("v2/concurrency_limits/increment", """{"names":["a"],"slots":1,"mode":"both"}"""),
            ("v2/concurrency_limits/increment", """{"slots":1}"""),
            ("v2/concurrency_limits/increment-with-lease", """{"names":["a"],"slots":1,"lease_duration":59}"""),
            ("v2/concurrency_limits/increment-with-lease", """{"names":["a"],"slots":1,"lease_duration":86401}"""),
            ("v2/concurrency_limits/increment-with-lease", $$"""{"names":["a"],"slots":1,"holder":{"type":"nobody","id":"{{id}}"} }"""),
            ("v2/concurrency_limits/increment-with-lease", $$"""{"names":["a"],"slots":1,"holder":{"type":"task_run","id":"{{id}}","more":1} }"""),
            ("v2/concurrency_limits/increment-with-lease", """{"names":["a"],"slots":1,"holder":{"type":"flow_run"} }"""),
            ("v2/concurrency_limits/decrement", """{"names":["a"],"slots":0}"""),
            ("v2/concurrency_limits/decrement", """{"names":["a"],"slots":1,"occupancy_seconds":0}"""),
            ("v2/concurrency_limits/decrement-with-lease", """{"lease_id":"x"}"""),
            ("v2/concurrency_limits/leases/x/renew", "{}"),
            ("concurrency_limits/", """{"tag":"t","concurrency_limit":-1}"""),
            ("concurrency_limits/", """{"tag":"t/u","concurrency_limit":1}"""),
            ("concurrency_limits/", """{"tag":"t"}"""),
            ("concurrency_limits/filter", """{"limit":-1}"""),
            ("concurrency_limits/increment", """{"names":["t"]}"""),
            ("concurrency_limits/decrement", $$"""{"task_run_id":"{{id}}"}"""),
            ("concurrency_limits/tag/t/reset", """{"slot_override":["x"]}"""),
        })
        {
            var (status, answer) = await _server.PostAsync(path, body);
            Assert.True(status == 422, $"{path} {body}: {status} {answer?.ToJsonString()}");
        }

        Assert.Equal((0, 0), await Slots.OfAsync(_server, "a"));
        Assert.Equal(1, await _server.Database.ScalarAsync<long>("select count(*) from concurrency_limit_v2"));
    }

    [Theory]
    [InlineData("GET", "v2/concurrency_limits/none")]
    [InlineData("GET", "v2/concurrency_limits/7f1a1c0e-0000-4000-8000-000000000001")]
    [InlineData("GET", "concurrency_limits/7f1a1c0e-0000-4000-8000-000000000001")]
    [InlineData("GET", "concurrency_limits/x")]
    [InlineData("GET", "concurrency_limits/tag/none")]
    [InlineData("DELETE", "concurrency_limits/7f1a1c0e-0000-4000-8000-000000000001")]
    [InlineData("DELETE", "concurrency_limits/tag/none")]
    public async Task What_is_not_there_is_not_found(string method, string path) =>
        Assert.Equal(404, (await _server.SendAsync(new HttpMethod(method), path)).Status);
}
