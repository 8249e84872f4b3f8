using System.Text.Json.Nodes;
using Reeve.Server.Hosting;
using Reeve.Testing;

namespace Reeve.Server.Tests.Processes;

public sealed class ProcessesApiTests
{
    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task A_process_is_listed_while_it_beats_and_silent_when_it_stops(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind, new ServerRole { OnlyServices = ["Scheduler"] });
        var first = await ListAsync(server, list => list.Count == 1);
        Assert.Equal(Environment.ProcessId, (int)first[0]!["pid"]!);
        Assert.Equal("api+services", (string?)first[0]!["role"]);
        // The Distributor belongs to whoever serves websockets.
        Assert.Equal("""["Distributor","Scheduler"]""", first[0]!["services"]!.ToJsonString());
        Assert.True((bool)first[0]!["answers_here"]!);
        Assert.False((bool)first[0]!["silent"]!);

        // Another one, which has died.
        await server.Database.ExecuteAsync(
            kind == DatabaseKind.Postgres
                ? "insert into reeve_process select gen_random_uuid(), 'gone', 7, version, role, address, services, settings, 0, started, beat - interval '10 minutes' from reeve_process"
                : "insert into reeve_process select '00000000-0000-4000-8000-000000000001', 'gone', 7, version, role, address, services, settings, 0, started, '2020-01-01 00:00:00.000000' from reeve_process");
        var both = await ListAsync(server, list => list.Count == 2);
        Assert.True((bool)both.Single(process => (string?)process!["host"] == "gone")!["silent"]!);
        var (_, answer) = await server.GetAsync("reeve/processes");
        Assert.Contains(answer!["warnings"]!.AsArray(), warning => ((string)warning!).StartsWith("gone/7 (api+services) has said nothing for ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task A_process_that_ends_in_order_takes_its_name_off_the_list(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await ListAsync(server, list => list.Count == 1);
        await server.Server.StopAsync();
        Assert.Equal(0, await server.Database.ScalarAsync<long>("select count(*) from reeve_process"));
    }

    private static Task<JsonArray> ListAsync(TestServer server, Func<JsonArray, bool> done) => Eventually.GetAsync(
        "beats",
        "table of processes",
        async () =>
        {
            server.Clock.Advance(ProcessBeatsInterval);
            var (status, body) = await server.GetAsync("reeve/processes");
            Assert.Equal(200, status);
            return body!["processes"]!.AsArray();
        },
        done,
        "the processes that live");

    private static TimeSpan ProcessBeatsInterval => Reeve.Server.Processes.ProcessBeats.Interval;
}
