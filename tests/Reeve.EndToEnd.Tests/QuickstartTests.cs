namespace Reeve.EndToEnd.Tests;

/// <summary>What a newcomer does first.</summary>
public sealed class QuickstartTests
{
    [Theory]
    [InlineData(ReeveProcess.Interrupt)]
    [InlineData(ReeveProcess.Terminate)]
    public async Task A_scheduled_run_is_completed_with_readable_logs_and_a_signal_ends_all_of_it(int signal)
    {
        await using var home = new ReeveHome();
        var quickstart = home.Start("quickstart", "--port", $"{home.Port}");
        await quickstart.PrintsAsync($"Open http://127.0.0.1:{home.Port}");
        using var api = home.Api();

        var greet = (string)(await api.GetAsync("/deployments/name/greet/every-20-seconds"))["id"]!;
        var scheduled = await Reeve.Testing.Eventually.GetAsync(
            "quickstart", "deployment greet/every-20-seconds", () => FirstCompletedAsync(api, greet), id => id is not null, "a run of its schedule that is Completed", TimeSpan.FromSeconds(90));
        var messages = await api.LogsAsync(scheduled!, "Hello, world!");
        Assert.Contains("""All parameters: {"name":"world"}""", messages);

        // One that is in the middle of its work when everything is asked to end.
        var count = (string)(await api.GetAsync("/deployments/name/count/every-minute"))["id"]!;
        await api.LogsAsync(await api.RunAsync(count), "Counting to three");
        Assert.Equal(0, await quickstart.EndAsync(signal));
        await home.NothingRunsAsync();
        Assert.Empty(quickstart.Text(isError: true));
    }

    [Fact]
    public async Task A_second_quickstart_goes_on_where_the_first_stopped()
    {
        await using var home = new ReeveHome();
        string first;
        using (var api = home.Api())
        {
            var quickstart = home.Start("quickstart", "--port", $"{home.Port}");
            await quickstart.PrintsAsync("is completed");
            first = (string)(await api.GetAsync("/deployments/name/greet/every-20-seconds"))["id"]!;
            Assert.Equal(0, await quickstart.EndAsync(ReeveProcess.Interrupt));
        }

        using (var api = home.Api())
        {
            var again = home.Start("quickstart", "--port", $"{home.Port}");
            await again.PrintsAsync("is completed");
            Assert.Equal(first, (string)(await api.GetAsync("/deployments/name/greet/every-20-seconds"))["id"]!);
            Assert.Equal(0, await again.EndAsync(ReeveProcess.Terminate));
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_the_way_out()
    {
        await using var home = new ReeveHome();
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, home.Port);
        taken.Start();
        var result = await home.RunAsync("quickstart", "--port", $"{home.Port}");
        Assert.Equal(1, result.Code);
        Assert.Contains($"{home.Port}", result.Error);
        Assert.Contains("--port", result.Error);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    private static async Task<string?> FirstCompletedAsync(TestApi api, string deployment)
    {
        var runs = await api.PostAsync(
            "/flow_runs/filter",
            $$$$"""{"deployments": {"id": {"any_": ["{{{{deployment}}}}"]}}, "flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}, "tags": {"all_": ["auto-scheduled"]}}}""");
        return (string?)runs.AsArray().FirstOrDefault()?["id"];
    }
}
