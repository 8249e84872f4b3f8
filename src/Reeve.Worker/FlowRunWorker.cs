using System.Collections.Concurrent;
using Reeve.Client;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.WorkPools;
using Reeve.Core.Orchestration;
using Reeve.Worker.Jobs;
using Reeve.Worker.Reporting;

namespace Reeve.Worker;

/// <summary>Polls a work pool of type <c>process</c> and runs its flow runs until it is told to stop.</summary>
public sealed class FlowRunWorker(WorkerOptions options, ReeveClient client, TimeProvider clock, IWorkerLog log)
{
    /// <summary>Runs taken from one poll that are not due yet; more come with the next poll.</summary>
    private const int MostEarly = 50;

    private readonly ConcurrentDictionary<Guid, FlowRunExecution> _executions = new();
    private readonly ConcurrentDictionary<Guid, Task> _tasks = new();

    // Runs that ended since the last poll was sent. Its answer may show them as they were before, and a run that has completed would be begun again: the server lets it.
    private readonly ConcurrentDictionary<Guid, bool> _ended = new();
    private readonly SemaphoreSlim _freed = new(0);
    private readonly Lock _slots = new();
    private int _taken;
    private bool _away;

    /// <summary>Works until <paramref name="stop"/>, then ends its runs and reports them; with <see cref="WorkerOptions.RunOnce"/> until the runs found are done.</summary>
    /// <exception cref="WorkerException">The pool is not one this worker can serve.</exception>
    /// <exception cref="ApiException">The server refused the worker.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using var abandon = new CancellationTokenSource();
        var pool = await new PoolSetup(options, client, clock, log).OpenAsync(stop);
        var logs = new LogShipper(client, options, clock, log);
        var context = new WorkerContext
        {
            Options = options,
            Client = client,
            Clock = clock,
            Log = log,
            Pool = pool,
            Jobs = new JobBuilder(client, Environment.GetEnvironmentVariable),
            States = new StateReporter(client, options, clock, log),
            Logs = logs,
            Abandon = abandon.Token,
        };
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var heartbeat = HeartbeatAsync(context, ending.Token);
        var cancellations = WatchCancellationsAsync(ending.Token);
        log.Write(WorkerLogLevel.Info, $"Worker '{options.Name}' polls work pool '{options.Pool}' every {options.PollInterval.TotalSeconds:0.##} s");
        try
        {
            await PollAsync(context, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            log.Write(WorkerLogLevel.Info, _taken == 0 ? "Stopping" : $"Stopping: {_taken} flow runs are ended first");
        }

        // Executions hear of the stop themselves; what remains is to let them report, but not for ever.
        if (stop.IsCancellationRequested) abandon.CancelAfter(options.KillGrace + options.ReportGrace);
        await Task.WhenAll(_tasks.Values);
        await ending.CancelAsync();
        await Task.WhenAll(heartbeat, cancellations);
        await logs.DisposeAsync();
        log.Write(WorkerLogLevel.Info, $"Worker '{options.Name}' has stopped");
    }

    private async Task PollAsync(WorkerContext context, CancellationToken stop)
    {
        while (true)
        {
            await GuardAsync(() => PollOnceAsync(context, stop));
            if (options.RunOnce)
            {
                await Task.WhenAll(_tasks.Values);
                return;
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
            await Task.WhenAny(Task.Delay(options.PollInterval, clock, either.Token), _freed.WaitAsync(either.Token));
            stop.ThrowIfCancellationRequested();
            await either.CancelAsync();
        }
    }

    private async Task PollOnceAsync(WorkerContext context, CancellationToken stop)
    {
        while (_freed.Wait(0, CancellationToken.None))
        {
            // Many freed places are one reason to poll.
        }

        var free = Free();
        if (free == 0) return;
        var now = clock.GetUtcNow();
        _ended.Clear();
        var found = await client.WorkPools.GetScheduledFlowRunsAsync(
            options.Pool, new WorkPoolScheduledFlowRunsRequest { WorkQueueNames = [.. options.Queues], ScheduledBefore = now + options.Prefetch }, stop);
        var early = 0;
        foreach (var run in found.Select(found => found.FlowRun).Where(run => !_executions.ContainsKey(run.Id) && !_ended.ContainsKey(run.Id)))
        {
            var isDue = (run.NextScheduledStartTime ?? now) <= now;
            if (isDue ? free-- <= 0 : early++ >= MostEarly) continue;
            Start(context, run, stop);
        }
    }

    private void Start(WorkerContext context, FlowRun run, CancellationToken stop)
    {
        var execution = new FlowRunExecution(context, run, stop);
        if (!_executions.TryAdd(run.Id, execution))
        {
            execution.Dispose();
            return;
        }

        _tasks[run.Id] = Task.Run(
            async () =>
            {
                try
                {
                    await execution.RunAsync(TakeSlot);
                }
                catch (Exception fault)
                {
                    log.Write(WorkerLogLevel.Error, $"Flow run '{run.Name}': {fault}");
                }
                finally
                {
                    ReleaseSlot(execution);
                    _ended[run.Id] = true;
                    _executions.TryRemove(run.Id, out _);
                    _tasks.TryRemove(run.Id, out _);
                    execution.Dispose();
                }
            },
            CancellationToken.None);
    }

    private int Free()
    {
        lock (_slots) return options.Limit is { } limit ? limit - _taken : int.MaxValue;
    }

    private bool TakeSlot(FlowRunExecution execution)
    {
        lock (_slots)
        {
            if (_taken >= (options.Limit ?? int.MaxValue)) return false;
            _taken++;
            return execution.HoldsSlot = true;
        }
    }

    private void ReleaseSlot(FlowRunExecution execution)
    {
        lock (_slots)
        {
            if (!execution.HoldsSlot) return;
            execution.HoldsSlot = false;
            _taken--;
        }

        if (options.Limit is not null) _freed.Release();
    }

    private async Task HeartbeatAsync(WorkerContext context, CancellationToken stop)
    {
        var beat = new WorkerHeartbeatRequest { Name = options.Name, HeartbeatIntervalSeconds = (int)Math.Ceiling(options.Heartbeat.TotalSeconds) };
        await RepeatAsync(
            options.Heartbeat,
            async () =>
            {
                await client.WorkPools.HeartbeatAsync(options.Pool, beat, stop);
                context.Pool = await client.WorkPools.ReadAsync(options.Pool, stop);
            },
            stop);
    }

    /// <summary>Asks which of the runs in progress are being cancelled; asks nothing while there are none.</summary>
    private Task WatchCancellationsAsync(CancellationToken stop) => RepeatAsync(
        options.CancellationPoll,
        async () =>
        {
            foreach (var ids in _executions.Keys.Chunk(100))
            {
                var filter = new FlowRunFilterRequest
                {
                    FlowRuns = new FlowRunFilter
                    {
                        Id = new FlowRunFilterId { Any = [.. ids] },
                        State = new FlowRunFilterState { Type = new FlowRunFilterStateType { Any = [StateType.Cancelling, StateType.Cancelled] } },
                    },
                };
                foreach (var run in await client.FlowRuns.FilterAsync(filter, stop))
                {
                    if (!_executions.TryGetValue(run.Id, out var execution)) continue;
                    log.Write(WorkerLogLevel.Info, $"Flow run '{run.Name}' is being cancelled");
                    execution.Cancel();
                }
            }
        },
        stop);

    private async Task RepeatAsync(TimeSpan interval, Func<Task> action, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            do await GuardAsync(action);
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The worker stops.
        }
    }

    /// <summary>Lets the worker live through whatever the server does: restarts, refuses, disappears.</summary>
    private async Task GuardAsync(Func<Task> action)
    {
        try
        {
            await action();
            if (_away) log.Write(WorkerLogLevel.Info, "The server answers again");
            _away = false;
        }
        catch (ApiUnavailableException error)
        {
            if (!_away) log.Write(WorkerLogLevel.Warning, $"{error.Message} The worker goes on trying");
            _away = true;
        }
        catch (ApiException error)
        {
            log.Write(WorkerLogLevel.Error, error.Message);
        }
    }
}
