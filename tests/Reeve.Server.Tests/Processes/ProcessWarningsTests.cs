using Reeve.Server.Processes;

namespace Reeve.Server.Tests.Processes;

public sealed class ProcessWarningsTests
{
    private static readonly string[] Wanted = ["Scheduler"];

    [Fact]
    public void Nothing_is_said_of_processes_that_fit_together() =>
        Assert.Empty(ProcessWarnings.Of([Process("a", role: "api"), Process("b", services: ["Scheduler"])], Wanted, isSqlite: false));

    [Fact]
    public void A_service_that_nobody_runs_is_named() =>
        Assert.Contains("Scheduler", Assert.Single(ProcessWarnings.Of([Process("a", role: "api")], Wanted, isSqlite: false)));

    [Fact]
    public void Clocks_versions_and_settings_that_differ_are_named_with_both_sides()
    {
        var warnings = ProcessWarnings.Of(
            [Process("a", services: ["Scheduler"], skew: -7.25, setting: "1"), Process("b", version: "2", setting: "2")], Wanted, isSqlite: false);
        Assert.Equal(3, warnings.Count);
        Assert.Contains("7.3 s behind", warnings[0]);
        Assert.Contains("The version differs: '1' at a/1", warnings[1]);
        Assert.Contains("PREFECT_X differs: '1' at a/1", warnings[2]);
    }

    [Fact]
    public void A_silent_process_is_told_once_and_counts_for_nothing_else()
    {
        var warnings = ProcessWarnings.Of([Process("a", services: ["Scheduler"], age: 100, version: "2"), Process("b")], Wanted, isSqlite: false);
        Assert.Equal(2, warnings.Count);
        Assert.Contains("said nothing for 100 s", warnings[0]);
        Assert.Contains("No process runs Scheduler", warnings[1]);
    }

    [Fact]
    public void Several_processes_on_a_file_and_an_open_api_without_credentials_are_unsafe()
    {
        var warnings = ProcessWarnings.Of(
            [Process("a", services: ["Scheduler"], address: "http://0.0.0.0:4200/api"), Process("b", address: "http://127.0.0.1:4200/api")], Wanted, isSqlite: true);
        Assert.Equal(2, warnings.Count);
        Assert.Contains("SQLite", warnings[0]);
        Assert.Contains("PREFECT_SERVER_API_AUTH_STRING", warnings[1]);
    }

    private static ProcessRow Process(
        string host, string role = "services", string[]? services = null, double skew = 0, string version = "1", string setting = "1", double age = 1, string? address = null)
    {
        var info = new ProcessInfo(Guid.NewGuid(), host, 1, version, role, address, services ?? [], new Dictionary<string, string> { ["PREFECT_X"] = setting }, DateTimeOffset.UnixEpoch);
        return new ProcessRow(info, skew, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(age));
    }
}
