using Reeve.Server.FlowRuns;
using Reeve.Server.Hosting;
using Reeve.Server.Tests.Services;
using Reeve.Testing;

namespace Reeve.Server.Tests.FlowRuns;

public sealed class PauseExpirationsTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_pause_that_nobody_ended_in_time_fails_the_run(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var run = await PausedAsync(server, "2026-03-02T13:05:00+01:00");
        var patient = await PausedAsync(server, "2026-03-02T14:00:00Z");

        var before = await server.PassAsync("FailExpiredPauses");
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        var at = await server.PassAsync("FailExpiredPauses");
        server.Clock.Advance(TimeSpan.FromMicroseconds(1));
        var after = await server.PassesAsync<PauseExpirations>(3);

        Assert.Equal((0, 0, 1), (before.Items, at.Items, after.Sum(outcome => outcome.Items)));
        Assert.Equal(TestClock.Noon.AddMinutes(5).AddMicroseconds(1), before.NextDue);
        Assert.Equal(("FAILED", "Failed", "The flow was paused and never resumed."), await Runs.StateAsync(server, run));
        Assert.Equal("PAUSED", (await Runs.StateAsync(server, patient)).Type);
        Assert.Single(await Runs.ToldAsync(server, $"prefect.flow-run.{run}"), "prefect.flow-run.Failed");
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_new_pause_wakes_the_service_which_then_sleeps_until_its_end(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(
            kind, new ServerRole { OnlyServices = ["FailExpiredPauses"] }, "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_LOOP_SECONDS=3600");
        var run = await PausedAsync(server, "2026-03-02T12:00:07Z");
        await Eventually.TrueAsync("pause", "the service", async () =>
        {
            var (_, services) = await server.GetAsync("reeve/services");
            var service = services!.AsArray().Single(one => (string?)one!["name"] == "FailExpiredPauses")!;
            return ((string?)service["next_due"])?.StartsWith("2026-03-02T12:00:07", StringComparison.Ordinal) == true;
        }, "to sleep until the end of the pause");
        server.Clock.Advance(TimeSpan.FromSeconds(8));
        await Eventually.TrueAsync("pause", "the run", async () => (await Runs.StateAsync(server, run)).Type == "FAILED", "failed");
    }

    private static async Task<string> PausedAsync(TestServer server, string timeout)
    {
        var run = await Runs.CreateAsync(server, """{"type":"RUNNING"}""");
        await Runs.MoveAsync(server, run, $$$"""{"type":"PAUSED","state_details":{"pause_timeout":"{{{timeout}}}"}}""");
        return run;
    }
}
