using Reeve.Contract.Automations;
using Reeve.Core;
using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.FlowRuns;
using Reeve.Server.Http;
using Reeve.Server.Orchestration;

namespace Reeve.Server.Automations.Actions;

/// <summary>Actions on the flow run that an event is about.</summary>
internal sealed class FlowRunActions(
    Db db, FlowRunStore runs, FlowRunTransitions transitions, FlowRunResume resume, FlowRunRemoval removal, TimeProvider clock)
{
    private const string Kind = "prefect.flow-run";
    private static readonly TimeSpan SuspendedFor = TimeSpan.FromHours(1);

    public Task CancelAsync(TriggeredAction action, ActionReport report, CancellationToken cancel) => SetStateAsync(
        action, StateType.Cancelling, false, context => StateProposal.Create(
            StateType.Cancelling, context, null, $"Cancelled by Automation {action.Automation.Id}"), report, cancel);

    public Task SuspendAsync(TriggeredAction action, ActionReport report, CancellationToken cancel) => SetStateAsync(
        action, StateType.Paused, false, context => StateProposal.Create(
            StateType.Paused, context, "Suspended", $"Suspended by Automation {action.Automation.Id}",
            details: new StateDetails { PauseTimeout = context.Now + SuspendedFor, PauseReschedule = true }), report, cancel);

    public Task ChangeAsync(TriggeredAction action, ChangeFlowRunState change, ActionReport report, CancellationToken cancel) => SetStateAsync(
        action, change.State, change.Force, context => StateProposal.Create(
            change.State, context, change.Name, change.Message ?? $"State changed by Automation {action.Automation.Id}"), report, cancel);

    public async Task ResumeAsync(TriggeredAction action, ActionReport report, CancellationToken cancel)
    {
        var id = await TargetAsync(action, report, cancel);
        var (result, _) = await resume.ResumeAsync(id, RawJson.None, TransitionCaller.Server, clock.GetUtcNow(), cancel);
        if (result.Status != SetStateStatus.Accept) throw new ActionFailure($"Failed to resume flow run: {Reason(result.Details)}");
    }

    public async Task DeleteAsync(TriggeredAction action, ActionReport report, CancellationToken cancel)
    {
        var id = await TargetAsync(action, report, cancel);
        // A run that is gone at a second attempt was deleted by the first.
        if (!await removal.DeleteAsync(id, cancel) && action.Task.Attempts == 1) throw Missing(id);
        report.StatusCode = 204;
    }

    private async Task SetStateAsync(
        TriggeredAction action, StateType type, bool force, Func<TransitionContext, State> propose, ActionReport report, CancellationToken cancel)
    {
        var id = await TargetAsync(action, report, cancel);
        if (action.Task.Attempts > 1 && await WasDoneAsync(id, type, propose, cancel))
        {
            report.StatusCode = 201;
            return;
        }
        var moved = await transitions.ProposeAsync(
            id, type, (_, context) => propose(context), FlowRunOrchestration.PolicyFor(force), TransitionCaller.Server, cancel) ?? throw Missing(id);
        report.StatusCode = moved.Decision.Status();
        if (!moved.Accepted) throw new ActionFailure($"Failed to set state: {moved.Decision.Reason}");
    }

    /// <summary>Whether an attempt that was cut off had got as far as to set the state.</summary>
    private async Task<bool> WasDoneAsync(Guid id, StateType type, Func<TransitionContext, State> propose, CancellationToken cancel)
    {
        var wanted = propose(transitions.Context(TransitionCaller.Server));
        var run = await runs.FindAsync(id, clock.GetUtcNow(), cancel);
        return run?.State is { } state && state.Type == type && state.Message == wanted.Message && state.Name == wanted.Name;
    }

    private async Task<Guid> TargetAsync(TriggeredAction action, ActionReport report, CancellationToken cancel)
    {
        var id = ActionTargets.FlowRunOf(action);
        report.Add(Kind, id, "target");
        await ActionRunner.NoteAsync(db, action, clock.GetUtcNow(), cancel, $"{Kind}.{id}");
        return id;
    }

    private static string? Reason(Contract.States.SetStateDetails details) => details switch
    {
        Contract.States.StateAbortDetails abort => abort.Reason,
        Contract.States.StateRejectDetails reject => reject.Reason,
        Contract.States.StateWaitDetails wait => wait.Reason,
        _ => null,
    };

    private static ApiException Missing(Guid id) => ApiException.Missing($"Flow run with id {id} not found");
}
