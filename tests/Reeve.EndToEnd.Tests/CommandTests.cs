using System.Text.Json;

namespace Reeve.EndToEnd.Tests;

/// <summary>The commands as people and scripts type them: text, JSON, exit codes.</summary>
public sealed class CommandTests(ServerWithPool server) : IClassFixture<ServerWithPool>
{
    [Fact]
    public async Task Work_pools_are_made_listed_paused_and_deleted()
    {
        var home = server.Home;
        Assert.Contains("reeve worker start --pool 'one'", (await home.OkAsync("work-pool", "create", "one", "--type", "process")).Out);
        var twice = await home.RunAsync("work-pool", "create", "one", "--type", "process");
        Assert.Equal(1, twice.Code);
        Assert.Contains("one", twice.Error);
        Assert.Contains((await home.OkAsync("work-pool", "ls", "--json")).Json().EnumerateArray(), pool => pool.GetProperty("name").GetString() == "one");
        Assert.Matches("one .*process", (await home.OkAsync("work-pool", "ls")).Out);
        await home.OkAsync("work-pool", "pause", "one");
        Assert.True((await home.OkAsync("work-pool", "inspect", "one", "--json")).Json().GetProperty("is_paused").GetBoolean());
        await home.OkAsync("work-pool", "resume", "one");
        Assert.Matches("Paused +no", (await home.OkAsync("work-pool", "inspect", "one")).Out);
        await home.OkAsync("work-queue", "ls", "--pool", "one");

        var unsure = await home.RunAsync("work-pool", "delete", "one");
        Assert.Equal(2, unsure.Code);
        Assert.Contains("--yes", unsure.Error);
        await home.OkAsync("work-pool", "delete", "one", "--yes");
        var gone = await home.RunAsync("work-pool", "inspect", "one");
        Assert.Equal(1, gone.Code);
        Assert.Contains("one", gone.Error);
    }

    [Fact]
    public async Task Deployments_are_listed_inspected_and_run()
    {
        var home = server.Home;
        using var api = home.Api();
        await api.DeploymentAsync("etl", "nightly", "two", "true");
        Assert.Contains("etl/nightly", (await home.OkAsync("deployment", "ls")).Out);
        Assert.Contains((await home.OkAsync("deployment", "ls", "--json")).Json().EnumerateArray(), deployment => deployment.GetProperty("name").GetString() == "nightly");
        Assert.Equal("two", (await home.OkAsync("deployment", "inspect", "etl/nightly", "--json")).Json().GetProperty("work_pool_name").GetString());

        var run = (await home.OkAsync("deployment", "run", "etl/nightly", "--param", "day=7", "--param", "name=x", "--start-in", "3600", "--json")).Json();
        Assert.Equal(7, run.GetProperty("parameters").GetProperty("day").GetInt32());
        Assert.Equal("x", run.GetProperty("parameters").GetProperty("name").GetString());
        var id = run.GetProperty("id").GetString()!;
        Assert.Contains(id, (await home.OkAsync("flow-run", "ls")).Out);
        Assert.Equal(id, (await home.OkAsync("flow-run", "inspect", id, "--json")).Json().GetProperty("id").GetString());
        await home.OkAsync("flow-run", "cancel", id);
        Assert.Equal("Cancelled", (string?)(await api.FlowRunAsync(id))["state_name"]);

        var unknown = await home.RunAsync("deployment", "run", "etl/hourly");
        Assert.Equal(1, unknown.Code);
        Assert.Contains("etl/hourly", unknown.Error);
        Assert.Equal(2, (await home.RunAsync("deployment", "run", "etl/nightly", "--start-at", "tomorrow")).Code);
    }

    [Fact]
    public async Task Automations_are_listed_explained_paused_and_deleted()
    {
        var home = server.Home;
        using var api = home.Api();
        const string Body = """{"name": "mail me", "trigger": {"type": "event", "posture": "Reactive", "expect": ["disk.full"], "threshold": 2, "within": 60}, "actions": [{"type": "do-nothing"}]}""";
        var id = (string)(await api.PostAsync("/automations/", Body))["id"]!;
        Assert.Matches($"mail me .*enabled .*reactive: disk.full .*do-nothing .*{id}", (await home.OkAsync("automation", "ls")).Out);
        Assert.Contains((await home.OkAsync("automation", "ls", "--json")).Json().EnumerateArray(), one => one.GetProperty("id").GetString() == id);
        Assert.Matches("Status +enabled", (await home.OkAsync("automation", "inspect", "mail me")).Out);
        Assert.Equal("mail me", (await home.OkAsync("automation", "inspect", id, "--json")).Json().GetProperty("name").GetString());

        var explained = (await home.OkAsync("automation", "inspect", "mail me", "--explain")).Out;
        Assert.Contains("It has not fired", explained);
        Assert.Contains("waits until 2 × disk.full come within 60 seconds", explained);
        await home.OkAsync("automation", "pause", "mail me");
        var paused = (await home.OkAsync("automation", "inspect", id, "--explain", "--json")).Json();
        Assert.False(paused.GetProperty("enabled").GetBoolean());
        Assert.StartsWith("It is paused", paused.GetProperty("verdict")[0].GetString());
        await home.OkAsync("automation", "resume", id);
        Assert.Matches("Status +enabled", (await home.OkAsync("automation", "inspect", "mail me")).Out);

        await api.PostAsync("/automations/", Body);
        var twice = await home.RunAsync("automation", "pause", "mail me");
        Assert.Equal(2, twice.Code);
        Assert.Contains(id, twice.Error);
        Assert.Equal(2, (await home.RunAsync("automation", "delete", id)).Code);
        await home.OkAsync("automation", "delete", id, "--yes");
        var gone = await home.RunAsync("automation", "inspect", id);
        Assert.Equal(1, gone.Code);
        Assert.Contains("reeve automation ls", gone.Error);
    }

    [Fact]
    public async Task Logs_of_a_run_are_printed_in_order()
    {
        var home = server.Home;
        using var api = home.Api();
        var run = await api.RunAsync(await api.DeploymentAsync("logs", "d", "three", "true"));
        await api.PostAsync("/logs/", $$"""
            [{"name": "prefect.flow_runs", "level": 40, "message": "second", "timestamp": "2026-01-01T00:00:02Z", "flow_run_id": "{{run}}"},
             {"name": "prefect.flow_runs", "level": 20, "message": "first", "timestamp": "2026-01-01T00:00:01Z", "flow_run_id": "{{run}}"}]
            """);
        var lines = (await home.OkAsync("flow-run", "logs", run)).Out.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("first", lines[0]);
        Assert.EndsWith("second", lines[1]);
        Assert.Equal("second", (await home.OkAsync("flow-run", "logs", run, "--tail", "-n", "1", "--json")).Json()[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task Settings_are_set_shown_and_unset()
    {
        await using var home = new ReeveHome();
        await home.OkAsync("config", "set", "PREFECT_LOGGING_LEVEL=DEBUG");
        Assert.Contains("PREFECT_LOGGING_LEVEL='DEBUG'", (await home.OkAsync("config", "view")).Out);
        await home.OkAsync("config", "unset", "PREFECT_LOGGING_LEVEL");
        Assert.DoesNotContain("PREFECT_LOGGING_LEVEL", (await home.OkAsync("config", "view")).Out);
        await home.OkAsync("config", "validate");
        var wrong = await home.RunAsync("config", "set", "PREFECT_LOGGING_LEVE=DEBUG");
        Assert.Equal(1, wrong.Code);
        Assert.Contains("PREFECT_LOGGING_LEVEL", wrong.Error);
    }

    [Fact]
    public async Task The_database_is_planned_upgraded_and_named()
    {
        await using var home = new ReeveHome();
        Assert.Contains("create table", (await home.OkAsync("server", "database", "upgrade", "--plan")).Out, StringComparison.OrdinalIgnoreCase);
        Assert.False((await home.OkAsync("server", "database", "revision", "--json")).Json().GetProperty("current").GetBoolean());
        await home.OkAsync("server", "database", "upgrade", "-y");
        Assert.True((await home.OkAsync("server", "database", "revision", "--json")).Json().GetProperty("current").GetBoolean());
        Assert.Equal(2, (await home.RunAsync("server", "database", "reset")).Code);
        await home.OkAsync("server", "database", "downgrade", "-y");
        await home.OkAsync("server", "database", "upgrade", "-y");
    }

    [Fact]
    public async Task Version_and_services_need_no_server()
    {
        await using var home = new ReeveHome();
        Assert.Equal("0.8.4", (await home.OkAsync("version", "--json")).Json().GetProperty("api_version").GetString());
        var services = (await home.OkAsync("server", "services", "list-services", "--json")).Json();
        Assert.Equal(JsonValueKind.Array, services.ValueKind);
        Assert.Contains(services.EnumerateArray(), service => service.GetProperty("name").GetString() == "Scheduler");
    }

    [Theory]
    [InlineData("work-pool create|ls|inspect|delete|pause|resume|update")]
    [InlineData("deployment run|ls|inspect")]
    [InlineData("flow-run ls|inspect|logs|cancel")]
    [InlineData("worker start")]
    [InlineData("automation ls|inspect|pause|resume|delete")]
    [InlineData("config view|set|unset|validate")]
    [InlineData("server start|stop|status")]
    [InlineData("server database upgrade|downgrade|reset|stamp|revision")]
    [InlineData("server services ls|list-services|start|enable|manager|stop|disable")]
    public async Task Every_command_explains_itself(string commands)
    {
        await using var home = new ReeveHome();
        var words = commands.Split(' ');
        var group = words[..^1];
        var help = (await home.OkAsync([.. group, "--help"])).Out;
        foreach (var name in words[^1].Split('|')) Assert.Matches($@"(?m)^  ([a-z-]+, )*{name}(,| |$)", help);
        var wrong = await home.RunAsync([.. group, "nonsense"]);
        Assert.Equal(2, wrong.Code);
        Assert.Contains("--help", wrong.Error);
    }
}
