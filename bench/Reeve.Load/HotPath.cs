using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Reeve.Load;

/// <summary>What a client does for one run, as the Prefect client does it.</summary>
internal sealed class HotPath(HttpClient http, Guid flow, Samples samples)
{
    public static async Task<Guid> CreateFlowAsync(HttpClient http)
    {
        using var answer = await http.PostAsync("flows/", Json("""{"name":"load"}"""));
        answer.EnsureSuccessStatusCode();
        return IdOf(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A new run in PENDING; null when it could not be made.</summary>
    public async Task<Guid?> CreateAsync() =>
        await PostAsync("create", "flow_runs/", $$"""{"flow_id":"{{flow}}","parameters":{"x":1},"tags":["load"]}""") is { } created ? IdOf(created) : null;

    /// <summary>Moves a new run through its states and nothing else.</summary>
    public async Task MoveAsync(Guid run)
    {
        await StateAsync("submitting", run, "PENDING", "Submitting");
        await StateAsync("running", run, "RUNNING");
        await StateAsync("completed", run, "COMPLETED");
    }

    public async Task RunAsync()
    {
        if (await CreateAsync() is not { } run) return;
        await StateAsync("pending", run, "PENDING");
        await StateAsync("running", run, "RUNNING");
        await PostAsync("logs", "logs/", Logs(run));
        await StateAsync("completed", run, "COMPLETED");
        await SendAsync("read", HttpMethod.Get, $"flow_runs/{run}", null);
        await PostAsync("list", "flow_runs/filter", $$$"""{"flow_runs":{"tags":{"all_":["load"]}},"sort":"START_TIME_DESC","limit":10}""");
    }

    private Task<string?> StateAsync(string step, Guid run, string type, string? name = null) =>
        PostAsync(step, $"flow_runs/{run}/set_state", $$"""{"state":{"type":"{{type}}","name":{{(name is null ? "null" : $"\"{name}\"")}}},"force":false}""");

    private Task<string?> PostAsync(string step, string path, string body) => SendAsync(step, HttpMethod.Post, path, body);

    private async Task<string?> SendAsync(string step, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Json(body) };
        var started = Stopwatch.GetTimestamp();
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var error = answer.IsSuccessStatusCode ? null : $"{(int)answer.StatusCode} {text}";
        samples.Add(step, Stopwatch.GetElapsedTime(started).TotalMilliseconds, error);
        return error is null ? text : null;
    }

    private static string Logs(Guid run)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < 5; i++)
        {
            if (i > 0) text.Append(',');
            text.Append(CultureInfo.InvariantCulture,
                $$"""{"name":"prefect.flow_runs","level":20,"message":"line {{i}} of a run","timestamp":"2026-03-02T12:00:0{{i}}Z","flow_run_id":"{{run}}"}""");
        }
        return text.Append(']').ToString();
    }

    private static Guid IdOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("id").GetGuid();
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
}
