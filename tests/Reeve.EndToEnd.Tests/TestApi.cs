using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.EndToEnd.Tests;

/// <summary>The API as any HTTP client sees it.</summary>
/// <param name="url">Where it is, with <c>/api</c>.</param>
/// <param name="limit">The longest wait for an answer; 30 s when null.</param>
/// <param name="agent">The client it passes itself off as; none when null.</param>
internal sealed class TestApi(string url, TimeSpan? limit = null, string? agent = null) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = limit ?? TimeSpan.FromSeconds(30) };

    public async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, url + path);
        if (agent is not null) request.Headers.TryAddWithoutValidation("User-Agent", agent);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public async Task<JsonNode> GetAsync(string path) => await OkAsync(HttpMethod.Get, path, null);

    public async Task<JsonNode> PostAsync(string path, string body) => await OkAsync(HttpMethod.Post, path, body);

    public Task<JsonNode> FlowRunAsync(string id) => GetAsync($"/flow_runs/{id}");

    /// <summary>Waits until a flow run has a state; the run.</summary>
    public Task<JsonNode> ReachesAsync(string flowRun, string state, string phase) =>
        Eventually.GetAsync(phase, $"flow run {flowRun}", () => TolerantAsync(flowRun), run => (string?)run["state_name"] == state, $"state {state}", TimeSpan.FromSeconds(90));

    /// <summary>Waits until a line is in the logs of a flow run; all its messages.</summary>
    public Task<List<string>> LogsAsync(string flowRun, string line) => Eventually.GetAsync(
        "logs of a run", $"flow run {flowRun}", () => MessagesAsync(flowRun), messages => messages.Exists(message => message.Contains(line, StringComparison.Ordinal)), $"a log line '{line}'");

    public async Task<List<string>> MessagesAsync(string flowRun)
    {
        var logs = await PostAsync("/logs/filter", $$$"""{"logs": {"flow_run_id": {"any_": ["{{{flowRun}}}"]}}, "sort": "TIMESTAMP_ASC"}""");
        return [.. logs.AsArray().Select(log => (string)log!["message"]!)];
    }

    public void Dispose() => _http.Dispose();

    /// <summary>As <see cref="FlowRunAsync"/>, but for a server that may be on its way down or up.</summary>
    private async Task<JsonNode> TolerantAsync(string flowRun)
    {
        try
        {
            return await FlowRunAsync(flowRun);
        }
        catch (HttpRequestException error)
        {
            return new JsonObject { ["state_name"] = $"unknown: {error.Message}" };
        }
    }

    private async Task<JsonNode> OkAsync(HttpMethod method, string path, string? body)
    {
        var (status, answer) = await SendAsync(method, path, body);
        Assert.True((int)status is >= 200 and < 300, $"{method} {path} answered {(int)status}: {answer}");
        return answer!;
    }
}
