using System.Text;
using Reeve.Client;
using Reeve.Contract.Logs;

namespace Reeve.Worker.Reporting;

/// <summary>
/// Sends log lines of flow runs to the API in batches. Lines wait while the server is away; beyond the bound new ones are dropped and the
/// log says how many.
/// </summary>
internal sealed class LogShipper : IAsyncDisposable
{
    /// <summary>Bytes that may wait, by a rough count.</summary>
    private const int MostWaiting = 32_000_000;

    private const int MostLines = 2000;
    private const int LineOverhead = 200;

    private readonly ReeveClient _client;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _clock;
    private readonly IWorkerLog _log;
    private readonly Lock _gate = new();
    private readonly Queue<(LogCreate Line, int Size)> _waiting = new();
    private readonly Dictionary<Guid, long> _dropped = [];
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _abandon = new();
    private readonly Task _loop;
    private long _bytes;
    private long _added;
    private long _done;
    private bool _hurry;
    private bool _ending;
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LogShipper(ReeveClient client, WorkerOptions options, TimeProvider clock, IWorkerLog log)
    {
        _client = client;
        _options = options;
        _clock = clock;
        _log = log;
        _loop = RunAsync();
    }

    public void Add(Guid flowRun, string name, WorkerLogLevel level, string message)
    {
        if (!_options.SendLogs) return;
        var size = Encoding.UTF8.GetByteCount(message) + LineOverhead;
        var line = new LogCreate
        {
            Name = name,
            Level = (int)level,
            Message = message,
            Timestamp = _clock.GetUtcNow(),
            FlowRunId = flowRun,
        };
        lock (_gate)
        {
            if (_bytes + size > MostWaiting)
            {
                _dropped[flowRun] = _dropped.GetValueOrDefault(flowRun) + 1;
                return;
            }

            _waiting.Enqueue((line, size));
            _bytes += size;
            _added++;
        }

        Wake();
    }

    /// <summary>Waits until the lines added so far are sent, or the limit is over.</summary>
    public async Task FlushAsync(TimeSpan limit)
    {
        var over = Task.Delay(limit, _clock);
        long wanted;
        lock (_gate)
        {
            wanted = _added;
            _hurry = true;
        }

        Wake();
        while (true)
        {
            Task progress;
            lock (_gate)
            {
                if (_done >= wanted) return;
                progress = _progress.Task;
            }

            if (await Task.WhenAny(progress, over) == over) return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await FlushAsync(_options.ReportGrace);
        _ending = true;
        await _abandon.CancelAsync();
        Wake();
        await _loop;
        _abandon.Dispose();
        _wake.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_ending)
        {
            await _wake.WaitAsync();
            // Lines come in bursts: a moment's wait makes one request of many. A flush does not wait.
            await PauseAsync();
            while (!_ending && TakeBatch() is { } batch) await SendAsync(batch);
        }
    }

    private async Task PauseAsync()
    {
        var until = Task.Delay(_options.LogInterval, _clock, _abandon.Token);
        while (!until.IsCompleted && !_ending)
        {
            lock (_gate)
            {
                if (_hurry || _bytes >= _options.LogBatchSize || _waiting.Count >= MostLines) break;
            }

            await Task.WhenAny(until, _wake.WaitAsync(_abandon.Token));
        }

        lock (_gate) _hurry = false;
    }

    private List<LogCreate>? TakeBatch()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0) return null;
            var batch = new List<LogCreate>();
            var size = 0;
            while (batch.Count < MostLines && _waiting.TryPeek(out var next) && (batch.Count == 0 || size + next.Size <= _options.LogBatchSize))
            {
                _waiting.Dequeue();
                size += next.Size;
                batch.Add(next.Line);
            }

            _bytes -= size;
            foreach (var (run, count) in _dropped)
            {
                batch.Add(new LogCreate
                {
                    Name = WorkerLogNames.Worker,
                    Level = (int)WorkerLogLevel.Warning,
                    Message = $"{count} lines were dropped: the run printed faster than the server took them.",
                    Timestamp = _clock.GetUtcNow(),
                    FlowRunId = run,
                });
                _added++;
            }

            _dropped.Clear();
            return batch;
        }
    }

    private async Task SendAsync(List<LogCreate> batch)
    {
        var sent = false;
        while (!sent && !_abandon.IsCancellationRequested)
        {
            try
            {
                await _client.Logs.CreateAsync(batch, _abandon.Token);
                sent = true;
            }
            catch (ApiUnavailableException)
            {
                await Task.WhenAny(Task.Delay(_options.LogInterval, _clock, _abandon.Token));
            }
            catch (ApiException error)
            {
                _log.Write(WorkerLogLevel.Warning, $"The server refused {batch.Count} log lines: {error.Message}");
                sent = true;
            }
            catch (OperationCanceledException)
            {
                // The worker ends and its grace is over.
            }
        }

        lock (_gate)
        {
            _done += batch.Count;
            _progress.TrySetResult();
            _progress = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0) _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another line has just woken it.
        }
    }
}
