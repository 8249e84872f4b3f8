using Reeve.Contract;
using Reeve.Contract.Automations;
using Reeve.Contract.Deployments;
using Reeve.Contract.States;
using Reeve.Core;
using Reeve.Core.JsonSchema;
using Reeve.Core.Orchestration;
using Reeve.Core.Python;
using Reeve.Data;
using Reeve.Server.Deployments;
using Reeve.Server.Deployments.Runs;
using Reeve.Server.Http;

namespace Reeve.Server.Automations.Actions;

/// <summary>Actions on deployments.</summary>
internal sealed class DeploymentActions(
    Db db, DeploymentStore deployments, DeploymentRunCreation creation, DeploymentRemoval removal, ActionTemplates templates, TimeProvider clock)
{
    private const string Kind = "prefect.deployment";

    /// <summary>Creates a run. Its key makes a second attempt at the same action find the first one's run.</summary>
    public async Task RunAsync(TriggeredAction action, RunDeployment run, ActionReport report, CancellationToken cancel)
    {
        var id = ActionTargets.Of(action, run.Source, run.DeploymentId, Kind, "deployment");
        report.Add(Kind, id, "target");
        var deployment = await FindAsync(id, cancel);
        var now = clock.GetUtcNow();
        var asked = new DeploymentFlowRunCreate
        {
            State = new StateCreate { Type = StateType.Scheduled, StateDetails = new StateDetails { ScheduledTime = now + run.ScheduleAfter } },
            IdempotencyKey = action.IdempotencyKey,
            Parameters = await ParametersAsync(action, run, cancel),
            JobVariables = run.JobVariables,
        };
        try
        {
            var creator = new CreatedBy { Id = action.Automation.Id, Type = "AUTOMATION", DisplayValue = action.Automation.Name };
            var (created, isNew) = await creation.CreateAsync(deployment, asked, creator, now, cancel);
            report.StatusCode = isNew || action.Task.Attempts > 1 ? 201 : 200;
            report.Add("prefect.flow-run", created.Id, "flow-run", created.Name);
        }
        catch (DeploymentRunRefusal refusal)
        {
            throw ApiException.Detail(refusal.Status, refusal.Message);
        }
    }

    public async Task SetPausedAsync(
        TriggeredAction action, ActionSource source, Guid? selected, bool paused, ActionReport report, CancellationToken cancel)
    {
        var id = ActionTargets.Of(action, source, selected, Kind, "deployment");
        report.Add(Kind, id, "target");
        var now = clock.GetUtcNow();
        await ActionRunner.NoteAsync(db, action, now, cancel, $"{Kind}.{id}");
        var known = paused ? await removal.PauseAsync(id, now, cancel) : await removal.ResumeAsync(id, now, cancel);
        if (!known) throw ApiException.Detail(404, "Deployment not found");
        report.StatusCode = 200;
    }

    private async Task<DeploymentRecord> FindAsync(Guid id, CancellationToken cancel) =>
        await deployments.FindAsync(id, cancel) ?? throw ApiException.Detail(404, "Deployment not found");

    private async Task<RawJson> ParametersAsync(TriggeredAction action, RunDeployment run, CancellationToken cancel)
    {
        if (run.Parameters.IsNull) return RawJson.EmptyObject;
        try
        {
            return new RawJson(JsonTree.ToUtf8(await templates.HydrateAsync(action, ParameterCheck.Map(run.Parameters), cancel)));
        }
        catch (HydrationException error)
        {
            throw new ActionFailure($"Unable to create flow run from deployment: HydrationError({PythonText.Repr(error.Message)})");
        }
    }
}
