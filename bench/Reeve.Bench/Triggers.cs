using Reeve.Contract;
using Reeve.Contract.Automations;
using Reeve.Contract.Events;
using Reeve.Core;
using Reeve.Core.Automations;
using Reeve.Server.Automations.Triggers;

namespace Reeve.Bench;

/// <summary>The evaluation of events, one after the other, over many automations of the kinds that people make. The events concern ten deployments and their pools, however many automations there are.</summary>
internal static class Triggers
{
    private const int Told = 64;
    private const int Deployments = 10;

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] States = ["Pending", "Running", "Completed", "Failed"];

    /// <summary>Evaluates one event a call.</summary>
    public static Action Over(int automations)
    {
        var set = new AutomationSet(new AutomationSnapshot(automations, null), Start, Enumerable.Range(0, automations).Select(Make).Select(LoadedAutomation.Of));
        var events = Enumerable.Range(0, Told).Select(Event).ToArray();
        var buckets = new Dictionary<(Guid, string), Bucket?>();
        var at = 0;
        return () =>
        {
            var told = events[at++ % Told];
            foreach (var trigger in set.Concerned(told))
            {
                var place = (trigger.Rule.Id, BucketKey.Text(trigger.Rule.KeyOf(told)));
                buckets[place] = BucketEvaluation.Observe(trigger.Rule, buckets.GetValueOrDefault(place), told).Bucket;
            }
        };
    }

    private static Automation Make(int number)
    {
        var trigger = (number % 4) switch
        {
            0 => Of(number, TriggerPosture.Reactive, ["prefect.flow-run.Failed", "prefect.flow-run.Crashed"], [], Related("deployment", number), 1, 0),
            1 => Of(number, TriggerPosture.Proactive, ["prefect.flow-run.Running"], ["prefect.flow-run.Pending"], Related("deployment", number), 1, 600),
            2 => Of(number, TriggerPosture.Reactive, ["prefect.flow-run.*"], [], Related("work-pool", number), 5, 60),
            _ => Of(number, TriggerPosture.Reactive, ["prefect.work-queue.not-ready"], [], null, 1, 0),
        };
        return new Automation { Id = Guid.NewGuid(), Name = $"a{number}", Enabled = true, Trigger = trigger, Actions = [new DoNothing()] };
    }

    private static EventTrigger Of(
        int number, TriggerPosture posture, List<string> expect, List<string> after, ResourceSpecification? related, int threshold, int within) => new()
    {
        Id = Guid.NewGuid(), Posture = posture, Expect = expect, After = after, Threshold = threshold, Within = TimeSpan.FromSeconds(within),
        ForEach = related is null ? [] : ["prefect.resource.id"],
        Match = Specification("prefect.resource.id", related is null ? $"prefect.work-queue.{Id(number)}" : "prefect.flow-run.*"),
        MatchRelated = new OneOrMany<ResourceSpecification>(related ?? []),
    };

    private static ResourceSpecification Related(string kind, int number)
    {
        var specification = Specification("prefect.resource.id", $"prefect.{kind}.{Id(number)}");
        specification["prefect.resource.role"] = new LabelValues(kind);
        return specification;
    }

    private static ResourceSpecification Specification(string label, string value) => new() { [label] = new LabelValues(value) };

    private static ObservedEvent Event(int number) => new(
        Guid.NewGuid(), "prefect.flow-run." + States[number % States.Length], Start.AddSeconds(number),
        new Dictionary<string, string> { ["prefect.resource.id"] = $"prefect.flow-run.{Id(number % 16)}" },
        [Resource("flow", number), Resource("deployment", number), Resource("work-pool", number)], static () => RawJson.EmptyObject);

    private static Dictionary<string, string> Resource(string kind, int number) => new()
    {
        ["prefect.resource.id"] = $"prefect.{kind}.{Id(number % Deployments)}", ["prefect.resource.role"] = kind,
    };

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
