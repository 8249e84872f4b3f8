using System.Text.Json;

namespace Reeve.Cli.Tests;

public sealed class ServiceCommandTests : IDisposable
{
    private readonly Cli _cli = new();

    [Theory]
    [InlineData("There is no service 'Nobody'", "Nobody")]
    [InlineData("Telemetry is switched off by PREFECT_SERVER_ANALYTICS_ENABLED", "telemetry")]
    [InlineData("MarkLateRuns is switched off by PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED", "Scheduler", "marklateruns")]
    public async Task Services_that_cannot_run_are_refused_with_the_way_out(string expected, params string[] names)
    {
        _cli.Environment["PREFECT_API_SERVICES_LATE_RUNS_ENABLED"] = "false";
        var result = await _cli.RunAsync(["server", "services", "start", .. names]);
        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_server_the_list_says_what_the_settings_say_and_there_is_nothing_to_watch()
    {
        _cli.Environment["PREFECT_API_URL"] = "http://127.0.0.1:9/api";
        _cli.Environment["PREFECT_API_SERVICES_FOREMAN_ENABLED"] = "no";
        using var json = JsonDocument.Parse((await _cli.RunAsync("server", "services", "ls", "--json")).Out);
        var foreman = json.RootElement.EnumerateArray().Single(service => service.GetProperty("name").GetString() == "Foreman");
        Assert.False(foreman.GetProperty("enabled").GetBoolean());
        Assert.NotEqual(0, (await _cli.RunAsync("server", "services", "ls", "--watch")).Code);
    }

    [Fact]
    public async Task A_retention_plan_counts_each_kind_and_deletes_nothing()
    {
        Assert.Equal(0, (await _cli.RunAsync("server", "database", "upgrade", "--yes")).Code);
        var result = await _cli.RunAsync("server", "retention", "run", "--dry-run", "--only", "flow_runs", "--json");
        Assert.Equal(0, result.Code);
        using var json = JsonDocument.Parse(result.Out);
        Assert.Equal(
            ["flow runs", "task runs of old flow runs", "logs of old flow runs", "artifacts of old flow runs", "logs without a flow run", "artifacts without a flow run"],
            json.RootElement.EnumerateArray().Select(line => line.GetProperty("kind").GetString()));
        Assert.Equal(2, (await _cli.RunAsync("server", "retention", "plan", "--only", "blocks")).Code);
    }

    public void Dispose() => _cli.Dispose();
}
