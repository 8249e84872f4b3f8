using System.Collections.Concurrent;

namespace Reeve.Worker.Tests;

internal sealed class RecordingLog : IWorkerLog
{
    private readonly TaskCompletionSource<string> _printed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>The first line a run printed.</summary>
    public Task<string> Printed => _printed.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);

    public void Write(WorkerLogLevel level, string message) => Lines.Enqueue($"{level}: {message}");

    public void Output(string flowRunName, string line, bool isError) => _printed.TrySetResult(line);
}
