using Reeve.Contract.Automations;
using Reeve.Contract.Events;
using Reeve.Contract.OpenApi;
using Reeve.Core.JsonSchema;
using Reeve.Core.Templates;
using Reeve.Server.Automations.Templates;
using Reeve.Server.Http;

namespace Reeve.Server.Automations;

/// <summary>Refuses automations that would set themselves off without end; see automations.md §1.5.</summary>
internal static class AutomationCheck
{
    private static readonly string[] StateChanges =
        ["prefect.flow-run.Scheduled", "prefect.flow-run.Pending", "prefect.flow-run.Running", "prefect.flow-run.*"];

    /// <summary>What a proactive trigger waits when it does not say.</summary>
    private static readonly TimeSpan ProactiveWithin = TimeSpan.FromSeconds(10);

    /// <param name="automation">The automation as it is to be.</param>
    /// <param name="loc">Where a fault is said to be: in the body, unless it comes of what was there before.</param>
    /// <exception cref="RequestInvalidException">It may start itself.</exception>
    public static void NoLoop(Automation automation, params string[] loc)
    {
        if (!automation.Enabled || automation.Trigger is not EventTrigger { Posture: TriggerPosture.Reactive } trigger) return;
        if (!trigger.Expect.Exists(static name => StateChanges.Contains(name, StringComparer.Ordinal))) return;
        foreach (var action in automation.Actions.OfType<RunDeployment>())
        {
            if (action.Source == ActionSource.Inferred)
            {
                throw Invalid(
                    "Running an inferred deployment from a flow run state change event will lead to an infinite loop of flow runs.  Please choose a specific deployment and add additional filtering labels to the match or match_related for this automation's trigger.", loc);
            }
            if (CoversEveryRun(trigger.Match) && trigger.MatchRelated.Any(CoversEveryRun))
            {
                throw Invalid(
                    "Running a selected deployment from a flow run state change event may lead to an infinite loop of flow runs.  Please include additional filtering labels on either match or match_related to narrow down which flow runs will trigger this automation to exclude flow runs from the deployment you've selected.", loc);
            }
        }
    }

    /// <summary>Gives a trigger and all those inside it new ids, for the client's own are not kept, and the window that a proactive one must have.</summary>
    public static void Complete(Trigger trigger)
    {
        trigger.Id = Guid.NewGuid();
        if (trigger is EventTrigger told)
        {
            if (told.Posture == TriggerPosture.Proactive && told.Within == TimeSpan.Zero) told.Within = ProactiveWithin;
            // These are sets.
            (told.After, told.Expect, told.ForEach) = (Distinct(told.After), Distinct(told.Expect), Distinct(told.ForEach));
        }
        foreach (var child in Children(trigger)) Complete(child);
    }

    /// <exception cref="RequestInvalidException">Parameters of a deployment to run hold what can never be filled in.</exception>
    public static void Parameters(IEnumerable<AutomationAction> actions)
    {
        var context = new HydrationContext { CheckTemplate = static text => Template.Validate(text)?.Message };
        foreach (var action in actions.OfType<RunDeployment>())
        {
            if (action.Parameters.IsNull || JsonTree.Parse(action.Parameters.Utf8) is not JsonMap parameters) continue;
            var failures = Failures("", SchemaHydrator.Hydrate(ParameterTemplates.Upgrade(parameters), context)).ToList();
            if (failures.Count > 0) throw Invalid("Value error, Invalid parameters: \n" + string.Join("\n  ", failures), ["body", "actions"]);
        }
    }

    private static List<string> Distinct(List<string> names) => [.. names.Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Failures(string path, object? value) => value switch
    {
        HydrationFailure failure => [$"{path}: {failure.Message}"],
        JsonMap map => map.SelectMany(one => Failures(path.Length == 0 ? one.Key : $"{path}.{one.Key}", one.Value)),
        List<object?> list => list.SelectMany((one, index) => Failures($"{path}[{index}]", one)),
        _ => [],
    };

    private static List<Trigger> Children(Trigger trigger) => trigger switch
    {
        CompoundTrigger compound => compound.Triggers,
        SequenceTrigger sequence => sequence.Triggers,
        _ => [],
    };

    private static RequestInvalidException Invalid(string message, string[] loc)
    {
        var errors = new ValidationErrors();
        errors.Add("value_error", loc, message);
        return new RequestInvalidException(errors, default);
    }

    private static bool CoversEveryRun(ResourceSpecification specification) =>
        specification.Count == 0
        || specification.Count == 1 && specification.TryGetValue("prefect.resource.id", out var ids) && ids.Values.Contains("prefect.flow-run.*");
}
