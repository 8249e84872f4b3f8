using System.Collections.Concurrent;
using System.Text.Json;
using Reeve.Testing;

namespace Reeve.EndToEnd.Tests;

/// <summary>A client at work as Prefect's is: runs that it creates and completes, with logs and events, over faults. It keeps what was answered with 2xx, and only that.</summary>
internal sealed class ManyWorkload(string url, string flow) : IDisposable
{
    /// <summary>A request to a server that is held still is given up: the next may reach another one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly TestApi _api = new(url, Patience);

    /// <summary>Runs whose Completed was accepted.</summary>
    public ConcurrentQueue<Guid> Completed { get; } = [];

    /// <summary>Log lines that were accepted.</summary>
    public ConcurrentQueue<string> Logs { get; } = [];

    /// <summary>Events that were accepted.</summary>
    public ConcurrentQueue<Guid> Events { get; } = [];

    /// <summary>Requests that were refused or not answered, which is what the faults are for.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await TryAsync("/flow_runs/", $$$"""{"flow_id": "{{{flow}}}", "state": {"type": "PENDING"}}""") is not { } run) continue;
            var id = run.GetProperty("id").GetGuid();
            // Asked once: a server that was held still with the request may answer nobody and let a run that has completed meanwhile run again, as it would in Prefect.
            if (await SetAsync(id, "RUNNING") != "ACCEPT") continue;
            await LogAsync(id);
            await EventAsync();
            if (await CompleteAsync(id)) Completed.Enqueue(id);
        }
    }

    /// <summary>Waits until so much more has been completed than there was.</summary>
    public Task ProgressAsync(int more, string phase)
    {
        var before = Completed.Count;
        return Eventually.GetAsync(phase, "clients", () => Task.FromResult(Completed.Count - before), done => done >= more, $"{more} more runs completed", TimeSpan.FromSeconds(60));
    }

    public void Dispose() => _api.Dispose();

    // A state that was set though the answer was lost is refused the second time, so only a clear yes counts.
    private async Task<bool> CompleteAsync(Guid run)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            if (await SetAsync(run, "COMPLETED") is { } status) return status == "ACCEPT";
        }

        return false;
    }

    private async Task<string?> SetAsync(Guid run, string type) =>
        (await TryAsync($"/flow_runs/{run}/set_state", $$$"""{"state": {"type": "{{{type}}}"}}"""))?.GetProperty("status").GetString();

    // A line is sent once: sent again after a lost answer it could be there twice, for the API has no id for it.
    private async Task LogAsync(Guid run)
    {
        var line = $"line {Guid.NewGuid()}";
        var body = $$"""[{"flow_run_id": "{{run}}", "name": "test", "level": 20, "message": "{{line}}", "timestamp": "{{TimeProvider.System.GetUtcNow():O}}"}]""";
        if (await TryAsync("/logs/", body) is not null) Logs.Enqueue(line);
    }

    // An event has an id, so it may be sent until it is taken.
    private async Task EventAsync()
    {
        var id = Guid.NewGuid();
        var body = $$$"""[{"id": "{{{id}}}", "occurred": "{{{TimeProvider.System.GetUtcNow():O}}}", "event": "test.many", "resource": {"prefect.resource.id": "test.many"}}]""";
        for (var attempt = 0; attempt < 3; attempt++)
        {
            if (await TryAsync("/events", body) is null) continue;
            Events.Enqueue(id);
            return;
        }
    }

    /// <summary>The answer; null when there was none or it was no 2xx.</summary>
    private async Task<JsonElement?> TryAsync(string path, string body)
    {
        try
        {
            var (status, answer) = await _api.SendAsync(HttpMethod.Post, path, body);
            if ((int)status is >= 200 and < 300) return answer is null ? default(JsonElement) : JsonDocument.Parse(answer.ToJsonString()).RootElement;
            Faults.Enqueue($"{path} {(int)status}");
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or JsonException or IOException)
        {
            Faults.Enqueue($"{path} {error.Message}");
        }

        // A server that is away is not asked a thousand times a second: the client goes on when it answers again.
        await Eventually.TrueAsync("clients", $"the API after {path} failed", IsReadyAsync, "ready", TimeSpan.FromSeconds(60));
        return null;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            return (int)(await _api.SendAsync(HttpMethod.Get, "/ready")).Status == 200;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or JsonException or IOException)
        {
            return false;
        }
    }
}
