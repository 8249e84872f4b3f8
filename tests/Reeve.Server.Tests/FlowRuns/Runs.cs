using System.Text.Json.Nodes;

namespace Reeve.Server.Tests.FlowRuns;

/// <summary>Flow runs as clients make and move them.</summary>
internal static class Runs
{
    public static async Task<string> FlowAsync(TestServer server)
    {
        var (_, flow) = await server.PostAsync("flows/", """{"name":"f"}""");
        return (string)flow!["id"]!;
    }

    /// <summary>A new run in a state given as JSON; <paramref name="more"/> are further members.</summary>
    public static async Task<string> CreateAsync(TestServer server, string state, string more = "")
    {
        var (status, run) = await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{await FlowAsync(server)}}","state":{{state}}{{more}}}""");
        Assert.Equal(201, status);
        return (string)run!["id"]!;
    }

    public static Task<string> ScheduledAsync(TestServer server, DateTimeOffset at, string name = "Scheduled") => CreateAsync(
        server, $$$"""{"type":"SCHEDULED","name":"{{{name}}}","state_details":{"scheduled_time":"{{{at:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}}"}}""");

    public static async Task MoveAsync(TestServer server, string run, string state)
    {
        var (_, answer) = await server.PostAsync($"flow_runs/{run}/set_state", $$"""{"state":{{state}}}""");
        Assert.Equal("ACCEPT", (string?)answer!["status"]);
    }

    public static async Task<(string Type, string Name, string? Message)> StateAsync(TestServer server, string run)
    {
        var (status, found) = await server.GetAsync($"flow_runs/{run}");
        Assert.Equal(200, status);
        var state = found!["state"]!;
        return ((string)state["type"]!, (string)state["name"]!, (string?)state["message"]);
    }

    public static Task<(int Status, JsonNode? Body)> StatesAsync(TestServer server, string run) => server.GetAsync($"flow_run_states/?flow_run_id={run}");

    /// <summary>The names of the events that wait in the outbox, of one resource.</summary>
    public static async Task<List<string>> ToldAsync(TestServer server, string resource)
    {
        var names = new List<string>();
        await using var connection = await server.Database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select event from reeve_outbox order by id";
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var told = JsonNode.Parse(rows.GetString(0))!;
            if ((string?)told["resource"]!["prefect.resource.id"] == resource) names.Add((string)told["event"]!);
        }
        return names;
    }
}
