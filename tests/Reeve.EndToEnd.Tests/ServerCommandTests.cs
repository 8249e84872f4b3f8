using Microsoft.Data.Sqlite;

namespace Reeve.EndToEnd.Tests;

/// <summary>Starting, asking and ending a server from the command line.</summary>
public sealed class ServerCommandTests
{
    [Fact]
    public async Task A_server_in_the_background_is_started_asked_and_stopped()
    {
        await using var home = new ReeveHome();
        Assert.Equal(3, (await home.RunAsync("server", "status")).Code);
        var started = await home.OkAsync("server", "start", "--background", "--port", $"{home.Port}", "--workers", "4");
        Assert.Contains(home.ApiUrl, started.Out);
        Assert.Contains("reeve server stop", started.Out);

        var status = (await home.OkAsync("server", "status", "--json")).Json();
        Assert.Equal("available", status.GetProperty("status").GetString());
        Assert.Equal(home.ApiUrl, status.GetProperty("api_url").GetString());
        Assert.Equal(Assert.Single(home.Processes()), status.GetProperty("background_pid").GetInt32());

        var second = await home.RunAsync("server", "start", "--background", "--port", $"{home.Port}");
        Assert.Equal(1, second.Code);
        Assert.Contains("reeve server stop", second.Error);

        await home.OkAsync("server", "stop");
        await home.NothingRunsAsync();
        var gone = await home.RunAsync("server", "status", "--json");
        Assert.Equal(3, gone.Code);
        Assert.Equal("unavailable", gone.Json().GetProperty("status").GetString());
        Assert.Contains("No server", (await home.OkAsync("server", "stop")).Out);
    }

    [Fact]
    public async Task Services_in_the_background_are_started_and_stopped_apart_from_the_server()
    {
        await using var home = new ReeveHome();
        await home.OkAsync("server", "services", "start", "--background");
        Assert.Single(home.Processes());
        Assert.Contains("No server", (await home.OkAsync("server", "stop")).Out);
        Assert.Single(home.Processes());
        await home.OkAsync("server", "services", "stop");
        await home.NothingRunsAsync();
    }

    [Fact]
    public async Task What_is_written_for_the_image_of_Prefect_works_with_ours()
    {
        await using var home = new ReeveHome();
        foreach (var name in (string[])["prefect", "python", "tini"]) File.CreateSymbolicLink(Path.Combine(home.Path, name), ReeveHome.Program);
        // As a chart starts it.
        using var server = ReeveProcess.Start(
            Path.Combine(home.Path, "tini"), ["-g", "--", "prefect", "server", "start", "--host", "127.0.0.1", "--port", $"{home.Port}", "--no-services"], home.Environment, home.Path);
        await server.PrintsAsync("Reeve serves");
        // As a compose file looks after it.
        Assert.Equal(0, await PythonAsync($"import urllib.request as u; u.urlopen('{home.ApiUrl}/health', timeout=1)"));
        Assert.Equal(1, await PythonAsync($"import urllib.request as u; u.urlopen('{home.ApiUrl}/none', timeout=1)"));
        Assert.Equal(2, await PythonAsync("print(1)"));
        using (var status = ReeveProcess.Start(Path.Combine(home.Path, "prefect"), ["server", "status"], home.Environment, home.Path)) Assert.Equal(0, await status.EndAsync());
        Assert.Equal(0, await server.EndAsync(ReeveProcess.Terminate));
        Assert.Equal(1, await PythonAsync($"import urllib.request as u; u.urlopen('{home.ApiUrl}/health', timeout=1)"));

        async Task<int> PythonAsync(string code)
        {
            using var probe = ReeveProcess.Start(Path.Combine(home.Path, "python"), ["-c", code], home.Environment, home.Path);
            return await probe.EndAsync();
        }
    }

    [Fact]
    public async Task The_doctor_says_what_is_broken_and_what_to_do()
    {
        await using var home = new ReeveHome();
        Assert.Equal(3, (await home.RunAsync("doctor")).Code);
        home.Environment["PREFECT_SERVER_API_PROT"] = "1";
        var server = await home.StartServerAsync("--no-services");
        // Settings that are wrong are a warning; events that nobody hands on are a failure.
        var warned = await home.OkAsync("doctor");
        Assert.Matches("settings +│ WARN +│ .*PREFECT_SERVER_API_PROT", warned.Out);
        Assert.Contains("PREFECT_SERVER_API_PORT", warned.Out, StringComparison.Ordinal);
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(home.Path, "prefect.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO reeve_outbox (occurred, event, created) SELECT at, '{}', at FROM (SELECT strftime('%Y-%m-%d %H:%M:%f000', 'now', '-10 minutes') AS at)";
            await command.ExecuteNonQueryAsync();
        }

        var broken = await home.RunAsync("doctor");
        Assert.Equal(1, broken.Code);
        Assert.Matches("events +│ FAIL +│ 1 events wait to be handed on", broken.Out);
        Assert.Contains("-> Look at the results about services and processes; run services in a further process: reeve server services start", broken.Out, StringComparison.Ordinal);
        var json = await home.RunAsync("doctor", "--json");
        Assert.Equal(1, json.Code);
        Assert.Equal("fail", json.Json().GetProperty("status").GetString());
        Assert.Equal(0, await server.EndAsync(ReeveProcess.Terminate));
    }

    [Theory]
    [InlineData("PREFECT_SERVER_API_PORT", "no number")]
    [InlineData("PREFECT_API_DATABASE_CONNECTION_URL", "mysql://nowhere/x")]
    [InlineData("PREFECT_SERVER_LOGGING_LEVEL", "LOUD")]
    public async Task A_setting_that_cannot_be_used_stops_the_start_with_one_line(string variable, string value)
    {
        await using var home = new ReeveHome();
        home.Environment[variable] = value;
        var result = await home.RunAsync("server", "start");
        Assert.Equal(1, result.Code);
        Assert.Contains(variable, result.Error);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }
}
