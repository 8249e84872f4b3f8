using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Reeve.Load;

/// <summary>What a seeded database holds, so that requests ask for rows that exist.</summary>
/// <param name="Now">The instant the windows of the pages end at: when the newest run started.</param>
/// <param name="Flows">Ids of flows.</param>
/// <param name="Deployments">Ids of deployments.</param>
/// <param name="FlowRuns">Ids of flow runs that have started.</param>
/// <param name="TaskRuns">Ids of task runs.</param>
/// <param name="Pools">Names of work pools.</param>
public sealed record Places(
    DateTimeOffset Now, IReadOnlyList<Guid> Flows, IReadOnlyList<Guid> Deployments, IReadOnlyList<Guid> FlowRuns, IReadOnlyList<Guid> TaskRuns, IReadOnlyList<string> Pools)
{
    /// <summary>Asks a server for some of its newest rows. Throws <see cref="InvalidOperationException"/> when it lacks a kind of them.</summary>
    internal static async Task<Places> ReadAsync(HttpClient http)
    {
        const string Started = """{"limit":200,"sort":"START_TIME_DESC","flow_runs":{"start_time":{"is_null_":false},"deployment_id":{"is_null_":false}}}""";
        var runs = await ListAsync(http, "flow_runs/filter", Started, "id");
        var newest = (await ListAsync(http, "flow_runs/filter", Started, "start_time"))[0];
        return new Places(
            DateTimeOffset.Parse(newest, CultureInfo.InvariantCulture),
            Ids(await ListAsync(http, "flows/filter", """{"limit":200,"sort":"CREATED_DESC"}""", "id")),
            Ids(await ListAsync(http, "deployments/filter", """{"limit":200,"sort":"CREATED_DESC"}""", "id")),
            Ids(runs),
            Ids(await ListAsync(http, "task_runs/filter", $$$$$$"""{"limit":200,"task_runs":{"flow_run_id":{"any_":["{{{{{{string.Join("\",\"", runs)}}}}}}"]}}}""", "id")),
            await ListAsync(http, "work_pools/filter", """{"limit":200}""", "name"));
    }

    private static List<Guid> Ids(List<string> texts) => texts.ConvertAll(Guid.Parse);

    private static async Task<List<string>> ListAsync(HttpClient http, string path, string body, string key)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await http.PostAsync(path, content);
        answer.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        List<string> found = [.. document.RootElement.EnumerateArray().Select(row => row.GetProperty(key).GetString()!)];
        return found.Count > 0 ? found : throw new InvalidOperationException($"{path} found nothing: seed the database with Reeve.Seed first.");
    }
}
