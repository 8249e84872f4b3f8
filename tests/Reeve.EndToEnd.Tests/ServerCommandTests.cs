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
    public async Task The_program_answers_to_the_name_prefect()
    {
        await using var home = new ReeveHome();
        var link = Path.Combine(home.Path, "prefect");
        File.CreateSymbolicLink(link, ReeveHome.Program);
        using var server = ReeveProcess.Start(link, ["server", "start", "--host", "127.0.0.1", "--port", $"{home.Port}", "--no-services"], home.Environment, home.Path);
        await server.PrintsAsync("Reeve serves");
        using var api = home.Api();
        Assert.Equal("true", (await api.GetAsync("/health")).ToJsonString());
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
