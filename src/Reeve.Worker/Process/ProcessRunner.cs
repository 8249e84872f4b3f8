using System.Globalization;
using Reeve.Client;
using Reeve.Contract.FlowRuns;
using Reeve.Core.Orchestration;
using Reeve.Worker.Jobs;
using Reeve.Worker.Reporting;

namespace Reeve.Worker.Process;

/// <summary>Runs the process of one flow run, passes on what it prints, and says how it ended.</summary>
internal sealed class ProcessRunner(
    WorkerContext context, FlowRun run, JobConfiguration job, List<string> words, Dictionary<string, string?> environment, OutputTail tail)
{
    /// <param name="stop">Ends the process.</param>
    /// <param name="cancelled">Tells that it ended because the run is being cancelled.</param>
    public async Task<RunEnd> RunAsync(CancellationToken stop, CancellationToken cancelled)
    {
        using var files = new RunFiles(run, job.WorkingDirectory, environment);
        try
        {
            using var process = RunProcess.Start(words, files.WorkingDirectory, environment, context.Clock, context.Options.MaxLogSize, Take);
            await RecordAsync(process.Id);
            return await WatchAsync(process, stop, cancelled);
        }
        catch (WorkerException error)
        {
            return new RunEnd(StateType.Crashed, error.Message);
        }
    }

    private async Task<RunEnd> WatchAsync(RunProcess process, CancellationToken stop, CancellationToken cancelled)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(() => stopping.TrySetResult());
        if (await Task.WhenAny(process.Exited, stopping.Task) == stopping.Task && !process.Exited.IsCompleted)
        {
            await process.StopAsync(context.Options.KillGrace);
            return cancelled.IsCancellationRequested
                ? new RunEnd(StateType.Cancelled, "The run was cancelled and its process ended.")
                : new RunEnd(StateType.Crashed, "The worker was stopped while the run was in progress.");
        }

        return Judge(await process.Exited);
    }

    private RunEnd Judge(int code)
    {
        if (code == 0) return new RunEnd(StateType.Completed, null);
        if (ProcessSignals.NameOf(code) is { } signal)
        {
            var hint = signal == "SIGKILL" ? " The machine may have run out of memory." : "";
            return new RunEnd(StateType.Crashed, $"The process was ended by {signal}.{hint}");
        }

        var why = code switch
        {
            126 => $" The program '{words[0]}' cannot be executed.",
            127 => $" The program '{words[0]}', or one it starts, was not found.",
            _ => "",
        };
        return new RunEnd(StateType.Failed, $"The process exited with code {code}.{why}");
    }

    private void Take(string line, bool isError)
    {
        tail.Add(line);
        if (job.StreamOutput) context.Log.Output(run.Name, line, isError);
        // The engine sends its own lines; here they would stand twice.
        if (!job.RunsEngine) context.Logs.Add(run.Id, WorkerLogNames.Run, isError ? WorkerLogLevel.Warning : WorkerLogLevel.Info, line);
    }

    private async Task RecordAsync(int pid)
    {
        try
        {
            var update = new FlowRunUpdate { InfrastructurePid = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{pid}") };
            await context.Client.FlowRuns.UpdateAsync(run.Id, update, context.Abandon);
        }
        catch (Exception error) when (error is ApiException or OperationCanceledException)
        {
            context.Log.Write(WorkerLogLevel.Debug, $"The process id of flow run '{run.Name}' is not recorded: {error.Message}");
        }
    }
}
