using Reeve.Contract.Automations;
using Reeve.Data;
using Reeve.Server.Automations.Triggers;
using Reeve.Server.Http;

namespace Reeve.Server.Automations.Actions;

/// <summary>Does one action, by the stores and rules that serve the API, and never over HTTP.</summary>
internal sealed class ActionRunner(
    DeploymentActions deployments, FlowRunActions runs, WorkPoolActions pools, SwitchActions switches, MessageActions messages)
{
    /// <exception cref="ActionFailure">It cannot be done.</exception>
    public async Task RunAsync(TriggeredAction action, ActionReport report, CancellationToken cancel)
    {
        try
        {
            await DispatchAsync(action, report, cancel);
        }
        catch (ApiException error) when (error.Status != 503)
        {
            throw Refused(action, report, error);
        }
    }

    /// <summary>Notes what the action is about to act on, so that what comes of it is known for its doing.</summary>
    public static async Task NoteAsync(Db db, TriggeredAction action, DateTimeOffset now, CancellationToken cancel, params string[] resources)
    {
        var batch = new SqlBatch();
        LoopGuard.Note(batch, resources.Select(LoopGuard.OfResource), action.Task.Depth, now);
        await db.WriteAsync(batch, cancel);
    }

    private Task DispatchAsync(TriggeredAction action, ActionReport report, CancellationToken cancel) => action.Action switch
    {
        DoNothing => Task.CompletedTask,
        RunDeployment run => deployments.RunAsync(action, run, report, cancel),
        PauseDeployment pause => deployments.SetPausedAsync(action, pause.Source, pause.DeploymentId, true, report, cancel),
        ResumeDeployment resume => deployments.SetPausedAsync(action, resume.Source, resume.DeploymentId, false, report, cancel),
        CancelFlowRun => runs.CancelAsync(action, report, cancel),
        SuspendFlowRun => runs.SuspendAsync(action, report, cancel),
        ResumeFlowRun => runs.ResumeAsync(action, report, cancel),
        DeleteFlowRun => runs.DeleteAsync(action, report, cancel),
        ChangeFlowRunState change => runs.ChangeAsync(action, change, report, cancel),
        PauseWorkPool pause => pools.SetPausedAsync(action, pause.Source, pause.WorkPoolId, true, report, cancel),
        ResumeWorkPool resume => pools.SetPausedAsync(action, resume.Source, resume.WorkPoolId, false, report, cancel),
        PauseWorkQueue pause => pools.SetQueuePausedAsync(action, pause.Source, pause.WorkQueueId, true, report, cancel),
        ResumeWorkQueue resume => pools.SetQueuePausedAsync(action, resume.Source, resume.WorkQueueId, false, report, cancel),
        PauseAutomation pause => switches.SetEnabledAsync(action, pause.Source, pause.AutomationId, false, report, cancel),
        ResumeAutomation resume => switches.SetEnabledAsync(action, resume.Source, resume.AutomationId, true, report, cancel),
        CallWebhook call => messages.CallAsync(action, call, report, cancel),
        SendNotification send => messages.NotifyAsync(action, send, report, cancel),
        _ => throw new ActionFailure($"This server does not know the action '{action.Action.Type}'"),
    };

    private static ActionFailure Refused(TriggeredAction action, ActionReport report, ApiException error)
    {
        report.StatusCode = error.Status;
        var type = action.Action.Type;
        if (error.Status is not (409 or 422)) return new ActionFailure($"Unexpected status from '{type}' action: {error.Status}");
        if (error.Status == 409) report.Details["validation_error"] = error.Message;
        return new ActionFailure($"Validation error occurred for '{type}' - {error.Message}");
    }
}
