using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Reeve.Cli.Hosting;

namespace Reeve.Cli.Tests;

public sealed class CommandTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_wrong_command_is_named_with_the_way_out_and_exit_code_2()
    {
        var result = await _cli.RunAsync("server", "strat");
        Assert.Equal(2, result.Code);
        Assert.Contains("'strat'", result.Error);
        Assert.Contains("reeve server --help", result.Error);
        Assert.Empty(result.Out);
    }

    [Theory]
    [InlineData("'abc' for option '--port': a whole number is expected.", "server", "start", "--port", "abc")]
    [InlineData("'x' for option '--prefetch-seconds': a number is expected.", "worker", "start", "--pool", "p", "--prefetch-seconds", "x")]
    [InlineData("'no.such.host.invalid'", "server", "start", "--port", "0", "--host", "no.such.host.invalid")]
    public async Task A_wrong_value_is_told_in_words(string expected, params string[] line)
    {
        var result = await _cli.RunAsync(line);
        Assert.NotEqual(0, result.Code);
        Assert.Contains(expected, result.Error);
        Assert.DoesNotContain("System.", result.Error);
    }

    [Fact]
    public async Task An_address_without_the_api_path_is_told_of()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answered = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            _ = await stream.ReadAsync(new byte[4096]);
            await stream.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        });
        _cli.Environment["PREFECT_API_URL"] = $"http://{listener.LocalEndpoint}";
        var result = await _cli.RunAsync("work-pool", "inspect", "p");
        await answered;
        Assert.Contains("an API's address usually ends with /api", result.Error);
    }

    [Theory]
    [InlineData("server start --host 0.0.0.0 --port 4200 --no-services --no-ui --log-level debug -b --help")]
    [InlineData("server services list-services --help")]
    [InlineData("server database upgrade -y --help")]
    [InlineData("worker start --pool p --type process --name n --work-queue a -q b --limit 3 --prefetch-seconds 5 --run-once --help")]
    [InlineData("work-pool create p --type process --set-as-default --help")]
    [InlineData("deployment run f/d --param a=1 --params {} --start-in 5 --watch --help")]
    [InlineData("flow-run logs id --tail -n 5 --reverse --help")]
    [InlineData("config view --show-defaults --hide-sources --help")]
    [InlineData("profile create a --from b --help")]
    [InlineData("quickstart --port 4300 --help")]
    public async Task Options_have_the_names_people_know(string line)
    {
        var result = await _cli.RunAsync(line.Split(' '));
        Assert.Equal(0, result.Code);
    }

    [Fact]
    public async Task Version_reads_no_settings()
    {
        _cli.Environment["PREFECT_SERVER_API_PORT"] = "not a port";
        var result = await _cli.RunAsync("version", "--json");
        Assert.Equal(0, result.Code);
        using var json = JsonDocument.Parse(result.Out);
        Assert.Equal("0.8.4", json.RootElement.GetProperty("api_version").GetString());
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("-v")]
    public async Task Called_prefect_it_says_which_version_of_prefect_it_stands_for(string flag)
    {
        var ours = (await _cli.RunAsync(flag)).Out.Trim();
        _cli.CalledPrefect = true;
        var theirs = (await _cli.RunAsync(flag)).Out.Trim();
        Assert.Matches(@"^3\.\d+\.\d+(\.\w+)?$", theirs);
        Assert.NotEqual(ours, theirs);
        var details = (await _cli.RunAsync("version")).Out;
        Assert.Matches($@"Version:?\s+{Regex.Escape(theirs)}", details);
        Assert.Contains($"Reeve {ours}", details);
    }

    [Theory]
    [InlineData(false, "reeve")]
    [InlineData(true, "prefect")]
    [InlineData(true, "tini", "-g", "--", "prefect", "server", "start")]
    [InlineData(false, "tini", "-g", "--", "reeve", "server", "start")]
    public void The_last_name_before_the_command_counts(bool expected, string called, params string[] args) =>
        Assert.Equal(expected, Invocation.IsPrefect(args, called));

    [Fact]
    public async Task Dashboard_open_prints_where_the_page_is_or_what_to_set()
    {
        _cli.Environment["PREFECT_API_URL"] = "http://orion.example:4200/api";
        Assert.Equal("http://orion.example:4200", (await _cli.RunAsync("dashboard", "open")).Out.Trim());
        _cli.Environment["PREFECT_UI_URL"] = "https://pages.example";
        Assert.Equal("https://pages.example", (await _cli.RunAsync("dashboard", "open", "--print")).Out.Trim());
        _cli.Environment.Clear();
        var unknown = await _cli.RunAsync("dashboard", "open");
        Assert.NotEqual(0, unknown.Code);
        Assert.Contains("PREFECT_UI_URL", unknown.Error);
    }

    [Fact]
    public async Task Services_are_disabled_and_enabled_as_they_are_stopped_and_started()
    {
        Assert.Equal(await _cli.RunAsync("server", "services", "stop"), await _cli.RunAsync("server", "services", "disable"));
        Assert.Equal(await _cli.RunAsync("server", "services", "start", "Nothing"), await _cli.RunAsync("server", "services", "enable", "Nothing"));
        Assert.Equal(await _cli.RunAsync("server", "services", "start", "Nothing"), await _cli.RunAsync("server", "services", "manager", "Nothing"));
    }

    [Fact]
    public async Task A_downgrade_goes_back_by_one_by_a_number_or_says_what_it_cannot()
    {
        _cli.Environment["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = $"sqlite+aiosqlite:///{_cli.Home}/d.db";
        Assert.Equal(0, (await _cli.RunAsync("server", "database", "upgrade", "-y")).Code);
        var all = await _cli.RunAsync("server", "database", "downgrade", "--plan");
        var last = await _cli.RunAsync("server", "database", "downgrade", "-r", "-1", "--plan");
        Assert.Contains("drop table reeve_outbox;", all.Out);
        Assert.DoesNotContain("drop table reeve_outbox;", last.Out);
        Assert.StartsWith("-- take back migration ", last.Out, StringComparison.Ordinal);
        Assert.StartsWith(last.Out.Split('\n')[0], all.Out, StringComparison.Ordinal);
        Assert.Equal(all, await _cli.RunAsync("server", "database", "downgrade", "-r", "-1000", "--plan"));
        var theirs = await _cli.RunAsync("server", "database", "downgrade", "-r", "9e83011d1f2a", "--plan");
        Assert.Equal(2, theirs.Code);
        Assert.Contains("prefect server database downgrade", theirs.Error);
    }

    [Fact]
    public async Task An_api_that_does_not_answer_is_exit_code_3_and_says_how_to_start_one()
    {
        _cli.Environment["PREFECT_API_URL"] = "http://127.0.0.1:1/api";
        var result = await _cli.RunAsync("flow", "ls", "--json");
        Assert.Equal(3, result.Code);
        Assert.Empty(result.Out);
        Assert.Contains("reeve server start", result.Error);
    }

    [Fact]
    public async Task A_setting_that_cannot_be_used_is_one_line()
    {
        _cli.Environment["PREFECT_API_REQUEST_TIMEOUT"] = "soon";
        var result = await _cli.RunAsync("flow", "ls");
        Assert.Equal(1, result.Code);
        Assert.Contains("PREFECT_API_REQUEST_TIMEOUT", result.Error);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Schedule_next_prints_one_instant_a_line()
    {
        var result = await _cli.RunAsync("schedule", "next", "--cron", "0 9 * * 1-5", "--timezone", "Europe/Berlin", "--after", "2025-03-28T12:00:00Z", "--count", "2");
        Assert.Equal(0, result.Code);
        Assert.Equal(["2025-03-31T09:00:00+02:00", "2025-04-01T09:00:00+02:00"], result.Out.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Schedule_next_takes_a_batch_and_fails_where_a_case_does()
    {
        _cli.Input = """{"cases": [{"id": "a", "schedule": {"interval": 60, "anchor_date": "2025-01-01T00:00:00Z"}, "start": "2025-01-01T00:00:30Z", "n": 1}, {"id": "b", "schedule": {"cron": "x"}}]}""";
        var result = await _cli.RunAsync("schedule", "next", "--batch", "-");
        Assert.Equal(1, result.Code);
        Assert.Contains("b: ", result.Error);
        using var json = JsonDocument.Parse(result.Out);
        Assert.Equal("2025-01-01T00:01:00Z", json.RootElement.GetProperty("a")[0].GetString());
    }

    [Fact]
    public async Task A_long_batch_tells_on_a_terminal_how_far_it_is_and_leaves_the_answer_alone()
    {
        var cases = Enumerable.Range(0, 40).Select(i => $$$"""{"id": "{{{i}}}", "schedule": {"cron": "0 * * * *"}, "start": "2025-01-01T00:00:00Z", "n": 1}""");
        _cli.Input = $$"""{"cases": [{{string.Join(", ", cases)}}]}""";
        _cli.Clock = new HastyClock();
        var quiet = await _cli.RunAsync("schedule", "next", "--batch", "-");
        Assert.Empty(quiet.Error);
        _cli.IsErrorTerminal = true;
        var result = await _cli.RunAsync("schedule", "next", "--batch", "-");
        Assert.Equal(quiet.Out, result.Out);
        Assert.Contains("\r[##############################] 100%  40 of 40", result.Error);
        Assert.Matches(@"\r +\r$", result.Error);
    }

    /// <summary>Half a second passes between two looks at it.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private long _time;

        public override long GetTimestamp() => _time += TimestampFrequency / 2;
    }

    [Fact]
    public async Task A_setting_set_in_the_active_profile_is_in_force_and_can_be_removed()
    {
        Assert.Equal(0, (await _cli.RunAsync("config", "set", "PREFECT_API_URL=http://127.0.0.1:4999/api")).Code);
        Assert.Contains("PREFECT_API_URL='http://127.0.0.1:4999/api' (from profile)", (await _cli.RunAsync("config", "view")).Out);
        Assert.Equal(0, (await _cli.RunAsync("config", "unset", "PREFECT_API_URL")).Code);
        Assert.DoesNotContain("PREFECT_API_URL", (await _cli.RunAsync("config", "view")).Out);
        Assert.Equal(0, (await _cli.RunAsync("config", "validate")).Code);
    }

    [Fact]
    public async Task A_setting_that_does_not_exist_is_refused_with_the_nearest_name()
    {
        var result = await _cli.RunAsync("config", "set", "PREFECT_API_UR=x");
        Assert.Equal(1, result.Code);
        Assert.Contains("PREFECT_API_URL", result.Error);
    }

    [Fact]
    public async Task Profiles_are_created_used_renamed_and_deleted()
    {
        Assert.Equal(0, (await _cli.RunAsync("profile", "create", "one")).Code);
        Assert.Equal(0, (await _cli.RunAsync("profile", "create", "two")).Code);
        Assert.Equal(0, (await _cli.RunAsync("profile", "use", "one")).Code);
        Assert.Equal(0, (await _cli.RunAsync("profile", "rename", "one", "first")).Code);
        Assert.Equal(0, (await _cli.RunAsync("profile", "delete", "two", "-y")).Code);
        Assert.Equal(["* first"], (await _cli.RunAsync("profile", "ls")).Out.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Without_a_name_the_active_profile_is_inspected()
    {
        await _cli.RunAsync("profile", "create", "one");
        await _cli.RunAsync("profile", "use", "one");
        await _cli.RunAsync("config", "set", "PREFECT_API_URL=http://127.0.0.1:4999/api");

        var result = await _cli.RunAsync("profile", "inspect");

        Assert.Equal(0, result.Code);
        Assert.Contains("http://127.0.0.1:4999/api", result.Out);
    }

    [Fact]
    public async Task What_cannot_be_undone_wants_a_yes_where_nobody_can_be_asked()
    {
        var result = await _cli.RunAsync("server", "database", "reset");
        Assert.Equal(2, result.Code);
        Assert.Contains("--yes", result.Error);
        Assert.Equal(0, (await _cli.RunAsync("server", "database", "reset", "-y")).Code);
        var shown = await _cli.RunAsync("server", "database", "revision", "--json");
        using var json = JsonDocument.Parse(shown.Out);
        Assert.True(json.RootElement.GetProperty("current").GetBoolean());
    }

    [Fact]
    public async Task A_plan_is_printed_and_not_carried_out()
    {
        var plan = await _cli.RunAsync("server", "database", "upgrade", "--plan");
        Assert.Contains("create table", plan.Out, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"current\": false", (await _cli.RunAsync("server", "database", "revision", "--json")).Out);
    }

    [Fact]
    public async Task Services_are_listed_with_their_settings()
    {
        _cli.Environment["PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED"] = "false";
        // A server that runs on this machine would tell of its own.
        _cli.Environment["PREFECT_API_URL"] = "http://127.0.0.1:1/api";
        using var json = JsonDocument.Parse((await _cli.RunAsync("server", "services", "ls", "--json")).Out);
        var scheduler = json.RootElement.EnumerateArray().Single(service => service.GetProperty("name").GetString() == "Scheduler");
        Assert.False(scheduler.GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task Nothing_in_the_background_is_no_error_to_stop()
    {
        var result = await _cli.RunAsync("server", "stop");
        Assert.Equal(0, result.Code);
        Assert.Contains("No server", result.Out);
    }
}
