using Reeve.Client;
using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;
using Reeve.Core.Orchestration;
using Reeve.Core.Templates;
using Reeve.Worker.Jobs;
using Reeve.Worker.Process;
using Reeve.Worker.Reporting;

namespace Reeve.Worker;

/// <summary>One flow run from the moment a worker finds it until its end is reported.</summary>
internal sealed class FlowRunExecution : IDisposable
{
    private readonly WorkerContext _context;
    private readonly FlowRun _run;
    private readonly CancellationTokenSource _cancelled = new();
    private readonly CancellationTokenSource _stopped;
    private readonly OutputTail _tail = new();

    public FlowRunExecution(WorkerContext context, FlowRun run, CancellationToken stop)
    {
        _context = context;
        _run = run;
        _stopped = CancellationTokenSource.CreateLinkedTokenSource(_cancelled.Token, stop);
    }

    public Guid Id => _run.Id;

    /// <summary>When the run is due.</summary>
    public DateTimeOffset Due => _run.NextScheduledStartTime ?? DateTimeOffset.MinValue;

    /// <summary>True once the run has its place among the runs at a time.</summary>
    public bool HoldsSlot { get; set; }

    /// <summary>Ends the run because it is being cancelled.</summary>
    public void Cancel()
    {
        try
        {
            _cancelled.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    /// <param name="takeSlot">Takes a place for the run; false when there is none left.</param>
    public async Task RunAsync(Func<FlowRunExecution, bool> takeSlot)
    {
        try
        {
            await GoAsync(takeSlot);
        }
        catch (OperationCanceledException)
        {
            // Not begun, or the grace for the last report is over.
        }
        catch (ApiNotFoundException error)
        {
            _context.Log.Write(WorkerLogLevel.Warning, $"Flow run '{_run.Name}' is gone: {error.Detail}");
        }
        catch (ApiException error)
        {
            _context.Log.Write(WorkerLogLevel.Error, $"Flow run '{_run.Name}': {error.Message}");
        }
    }

    public void Dispose()
    {
        _stopped.Dispose();
        _cancelled.Dispose();
    }

    private async Task GoAsync(Func<FlowRunExecution, bool> takeSlot)
    {
        var deployment = _run.DeploymentId is { } id ? await _context.Client.Deployments.ReadAsync(id, _stopped.Token) : null;
        JobConfiguration job;
        List<string> words;
        try
        {
            job = await _context.Jobs.BuildAsync(_context.Pool.BaseJobTemplate, deployment, _run, _stopped.Token);
            words = job.Command is { } command ? CommandLine.Split(command) : EngineCommand.For(job.Environment);
        }
        catch (Exception error) when (error is JobTemplateException or FormatException)
        {
            await ReportAsync(StateType.Crashed, null, $"The flow run could not be submitted: {error.Message}");
            return;
        }

        // The engine takes seconds to start and waits itself; a plain command is quick and does not.
        if (!job.RunsEngine && Due - _context.Clock.GetUtcNow() is { Ticks: > 0 } early) await Task.Delay(early, _context.Clock, _stopped.Token);
        if (!takeSlot(this)) return;
        var pending = await _context.States.ProposeAsync(Id, StateType.Pending, null, null, false, _stopped.Token);
        if (!pending.Accepted)
        {
            _context.Log.Write(WorkerLogLevel.Debug, $"Flow run '{_run.Name}' is not for this worker now: {pending.Reason}");
            return;
        }

        var runner = new ProcessRunner(_context, _run, job, words, await EnvironmentAsync(job, deployment), _tail);
        if (job.RunsEngine) await RunEngineAsync(runner);
        else await RunCommandAsync(runner);
    }

    /// <summary>A plain command: the worker reports every state, and runs it again when the server turns a failure into a retry.</summary>
    private async Task RunCommandAsync(ProcessRunner runner)
    {
        while (true)
        {
            var running = await _context.States.ProposeAsync(Id, StateType.Running, null, null, false, _stopped.Token);
            if (!running.Accepted)
            {
                _context.Log.Write(WorkerLogLevel.Info, $"Flow run '{_run.Name}' does not start: {running.Reason}");
                return;
            }

            _context.Log.Write(WorkerLogLevel.Info, $"Flow run '{_run.Name}' is running");
            var end = await runner.RunAsync(_stopped.Token, _cancelled.Token);
            var answer = await ReportAsync(end.State, null, end.Message);
            if (answer is not { Accepted: false, State: { Type: StateType.Scheduled } retry }) return;
            var due = retry.StateDetails.ScheduledTime ?? _context.Clock.GetUtcNow();
            _context.Log.Write(WorkerLogLevel.Info, $"Flow run '{_run.Name}' is tried again at {due:HH:mm:ss}");
            if (due - _context.Clock.GetUtcNow() is { Ticks: > 0 } pause) await Task.Delay(pause, _context.Clock, _stopped.Token);
        }
    }

    /// <summary>Prefect's engine reports for itself; the worker speaks up only for a process that ended without a word.</summary>
    private async Task RunEngineAsync(ProcessRunner runner)
    {
        _context.Log.Write(WorkerLogLevel.Info, $"Flow run '{_run.Name}' is submitted");
        var end = await runner.RunAsync(_stopped.Token, _cancelled.Token);
        if (end.State == StateType.Completed) return;
        if (_cancelled.IsCancellationRequested)
        {
            // On its way out the engine may have reported a crash.
            await ReportAsync(StateType.Cancelled, null, end.Message, force: true);
            return;
        }

        using var grace = new CancellationTokenSource(_context.States.Grace, _context.Clock);
        var current = await _context.Client.FlowRuns.ReadAsync(Id, grace.Token);
        if (current.StateType is not (StateType.Pending or StateType.Running or StateType.Cancelling)) return;
        foreach (var line in _tail.Lines) _context.Logs.Add(Id, WorkerLogNames.Worker, WorkerLogLevel.Error, line);
        await ReportAsync(StateType.Crashed, null, $"{end.Message} No final state had been reported.");
    }

    private async Task<Proposal> ReportAsync(StateType type, string? name, string? message, bool force = false)
    {
        var level = type switch
        {
            StateType.Failed or StateType.Crashed => WorkerLogLevel.Error,
            StateType.Cancelled => WorkerLogLevel.Warning,
            _ => WorkerLogLevel.Info,
        };
        if (message is not null) _context.Logs.Add(Id, WorkerLogNames.Worker, level, message);
        await _context.Logs.FlushAsync(TimeSpan.FromSeconds(5));
        var answer = await _context.States.ProposeAsync(Id, type, name, message, force, _context.Abandon);
        var ending = message is null ? "." : $": {message}";
        if (answer.Accepted) _context.Log.Write(level, $"Flow run '{_run.Name}' is {type.DefaultName().ToLowerInvariant()}{ending}");
        else _context.Log.Write(WorkerLogLevel.Info, $"Flow run '{_run.Name}' stays {answer.State?.Name ?? "as it was"}: {answer.Reason}");
        return answer;
    }

    private async Task<Dictionary<string, string?>> EnvironmentAsync(JobConfiguration job, DeploymentResponse? deployment)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (key, value) in _context.Options.Environment) environment[key] = value;
        var flow = await _context.FlowNameAsync(_run.FlowId, _stopped.Token);
        foreach (var (key, value) in RunEnvironment.For(_run, flow, deployment, _context.Options.Name, _context.Options.Pool)) environment[key] = value;
        foreach (var (key, value) in job.Environment) environment[key] = value;
        return environment;
    }
}
