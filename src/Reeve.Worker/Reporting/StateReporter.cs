using Reeve.Client;
using Reeve.Contract.States;
using Reeve.Core.Orchestration;

namespace Reeve.Worker.Reporting;

/// <summary>Proposes states and does not give up while the server is away: what became of a run must not be lost.</summary>
internal sealed class StateReporter(ReeveClient client, WorkerOptions options, TimeProvider clock, IWorkerLog log)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Proposes a state until the server has decided. A server that asks to wait is asked again later.</summary>
    /// <exception cref="ApiException">The server refused the request itself, for instance because the run was deleted.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before there was a decision.</exception>
    public async Task<Proposal> ProposeAsync(Guid flowRun, StateType type, string? name, string? message, bool force, CancellationToken cancel)
    {
        var state = new StateCreate
        {
            Type = type,
            Name = name ?? type.DefaultName(),
            Message = message,
            // An answer may be lost after the server has decided; by this id the next answer tells.
            StateDetails = new StateDetails { FlowRunId = flowRun, TransitionId = Guid.NewGuid() },
        };
        var pause = TimeSpan.FromSeconds(1);
        while (true)
        {
            try
            {
                var answer = await client.FlowRuns.SetStateAsync(flowRun, state, force, cancel);
                if (answer is not { Status: SetStateStatus.Wait, Details: StateWaitDetails wait }) return Read(answer, state);
                await Task.Delay(TimeSpan.FromSeconds(Math.Max(1, wait.DelaySeconds)), clock, cancel);
            }
            catch (ApiUnavailableException error)
            {
                log.Write(WorkerLogLevel.Warning, $"State {state.Name} of flow run {flowRun} waits for the server: {error.Detail}");
                await Task.Delay(pause, clock, cancel);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>How long a stopping worker goes on trying.</summary>
    public TimeSpan Grace => options.ReportGrace;

    private static Proposal Read(OrchestrationResult answer, StateCreate state)
    {
        var accepted = answer.Status == SetStateStatus.Accept
            || (answer.State is { } current && current.StateDetails.TransitionId == state.StateDetails.TransitionId);
        var reason = answer.Details switch
        {
            StateRejectDetails reject => reject.Reason,
            StateAbortDetails abort => abort.Reason,
            _ => null,
        };
        return new Proposal(accepted, answer.State, reason);
    }

}
