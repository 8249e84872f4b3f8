using System.Globalization;
using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.EndToEnd.Tests;

/// <summary>A server process from its start to its end. Whoever sends to it learns for certain when it died over the request.</summary>
internal sealed class SlotServer : IDisposable
{
    /// <summary>What a stopped server may hold up: the others go on elsewhere, as behind any load balancer.</summary>
    private const int MostHeldUp = 2;

    private readonly ReeveProcess _process;
    private readonly TestApi _api;
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isEnding;
    private volatile bool _isStopped;
    private int _underWay;

    private SlotServer(ReeveProcess process, int port)
    {
        _process = process;
        // A client that knows of leases. It waits for as long as a server may be stopped.
        _api = new TestApi(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/api"), TimeSpan.FromMinutes(2), "prefect/3.8.4 (API 0.8.4)");
    }

    /// <summary>Whether a client should be sent here.</summary>
    public bool IsOpen => !_isEnding && (!_isStopped || Volatile.Read(ref _underWay) < MostHeldUp);

    public static async Task<SlotServer> StartAsync(ReeveHome home, int port)
    {
        var process = home.Start("server", "start", "--host", "127.0.0.1", "--port", $"{port}", "--no-ui");
        await process.PrintsAsync("Reeve serves");
        return new SlotServer(process, port);
    }

    /// <summary>The answer; null if it died before it gave one, and then nothing of the request is still going on.</summary>
    public async Task<(int Status, JsonNode? Body)?> SendAsync(HttpMethod method, string path, string? body)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            var (status, answer) = await _api.SendAsync(method, path, body);
            if ((int)status >= 500 && (int)status != 503) throw new InvalidOperationException($"{method} {path} {body}: {(int)status} {answer}\n{_process.Text(isError: false)}{_process.Text(isError: true)}");
            return ((int)status, answer);
        }
        catch (Exception error) when (_isEnding && error is HttpRequestException or IOException)
        {
            await _settled.Task;
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    public void Stop()
    {
        _isStopped = true;
        _process.Signal(ReeveProcess.Stop);
    }

    public void Continue()
    {
        _process.Signal(ReeveProcess.Continue);
        _isStopped = false;
    }

    /// <summary>Sends a signal that ends it and waits until it is gone, with all that PostgreSQL still did for it.</summary>
    public async Task EndAsync(int signal, TestDatabase database)
    {
        _isEnding = true;
        await _process.EndAsync(signal);
        await Eventually.GetAsync(
            "end of a server", $"sessions of process {_process.Id}",
            () => database.ScalarAsync<long>($"select count(*) from pg_stat_activity where application_name ~ '^reeve .* {_process.Id}( |$)'"),
            static left => left == 0, "none left", TimeSpan.FromSeconds(60));
        _settled.TrySetResult();
    }

    public void Dispose() => _api.Dispose();
}
