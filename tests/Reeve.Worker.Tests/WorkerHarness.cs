using Reeve.Worker.Process;

namespace Reeve.Worker.Tests;

/// <summary>A worker over a <see cref="FakeApi"/>, with short intervals.</summary>
internal sealed class WorkerHarness : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _worker = Task.CompletedTask;

    public FakeApi Api { get; } = new();

    public RecordingLog Log { get; } = new();

    public WorkerOptions Options { get; set; } = new()
    {
        Pool = "pool",
        Name = "worker",
        Type = ProcessPool.Type,
        PollInterval = TimeSpan.FromMilliseconds(50),
        CancellationPoll = TimeSpan.FromMilliseconds(50),
        LogInterval = TimeSpan.FromMilliseconds(20),
        KillGrace = TimeSpan.FromSeconds(5),
        ReportGrace = TimeSpan.FromSeconds(10),
    };

    public void Start() => _worker = new FlowRunWorker(Options, Api.CreateClient(), TimeProvider.System, Log).RunAsync(_stop.Token);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _worker;
    }

    public Task Worker => _worker;

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }
}
