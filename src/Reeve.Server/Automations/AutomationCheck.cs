using Reeve.Contract.Automations;
using Reeve.Contract.Events;
using Reeve.Contract.OpenApi;
using Reeve.Server.Http;

namespace Reeve.Server.Automations;

/// <summary>Refuses automations that would set themselves off without end; see automations.md §1.5.</summary>
internal static class AutomationCheck
{
    private static readonly string[] StateChanges =
        ["prefect.flow-run.Scheduled", "prefect.flow-run.Pending", "prefect.flow-run.Running", "prefect.flow-run.*"];

    /// <exception cref="RequestInvalidException">It may start itself.</exception>
    public static void NoLoop(Automation automation)
    {
        if (!automation.Enabled || automation.Trigger is not EventTrigger { Posture: TriggerPosture.Reactive } trigger) return;
        if (!trigger.Expect.Exists(static name => StateChanges.Contains(name, StringComparer.Ordinal))) return;
        foreach (var action in automation.Actions.OfType<RunDeployment>())
        {
            if (action.Source == ActionSource.Inferred)
            {
                throw Invalid(
                    "Running an inferred deployment from a flow run state change event will lead to an infinite loop of flow runs.  Please choose a specific deployment and add additional filtering labels to the match or match_related for this automation's trigger.");
            }
            if (CoversEveryRun(trigger.Match) && trigger.MatchRelated.Any(CoversEveryRun))
            {
                throw Invalid(
                    "Running a selected deployment from a flow run state change event may lead to an infinite loop of flow runs.  Please include additional filtering labels on either match or match_related to narrow down which flow runs will trigger this automation to exclude flow runs from the deployment you've selected.");
            }
        }
    }

    /// <summary>Gives a trigger and all those inside it new ids: the client's own are not kept.</summary>
    public static void ResetIds(Trigger trigger)
    {
        trigger.Id = Guid.NewGuid();
        foreach (var child in Children(trigger)) ResetIds(child);
    }

    private static List<Trigger> Children(Trigger trigger) => trigger switch
    {
        CompoundTrigger compound => compound.Triggers,
        SequenceTrigger sequence => sequence.Triggers,
        _ => [],
    };

    private static RequestInvalidException Invalid(string message)
    {
        var errors = new ValidationErrors();
        errors.Add("value_error", ["body"], message);
        return new RequestInvalidException(errors, default);
    }

    private static bool CoversEveryRun(ResourceSpecification specification) =>
        specification.Count == 0
        || specification.Count == 1 && specification.TryGetValue("prefect.resource.id", out var ids) && ids.Values.Contains("prefect.flow-run.*");
}
