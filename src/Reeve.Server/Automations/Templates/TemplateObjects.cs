using Reeve.Contract.Json;
using Reeve.Core;
using Reeve.Core.JsonSchema;
using Reeve.Core.Orchestration;
using Reeve.Core.Templates;
using Reeve.Data;
using Reeve.Server.Automations.Actions;
using Reeve.Server.Deployments;
using Reeve.Server.Events;
using Reeve.Server.FlowRuns;
using Reeve.Server.Flows;
using Reeve.Server.Http;
using Reeve.Server.TaskRuns;
using Reeve.Server.WorkPools;
using Reeve.Server.WorkPools.Queues;

namespace Reeve.Server.Automations.Templates;

/// <summary>Reads the objects that templates name, and no others.</summary>
internal sealed class TemplateObjects(
    Db db, DeploymentStore deployments, FlowStore flows, FlowRunStore flowRuns, TaskRunStore taskRuns, WorkPoolStore pools, WorkQueueStore queues,
    UiUrls urls, TimeProvider clock)
{
    private const int MostVariables = 1000;

    private static readonly string[] FromEvent = ["deployment", "flow", "flow_run", "task_run", "work_pool", "work_queue", "concurrency_limit"];
    private static readonly string[] StateLabels = ["message", "name", "timestamp", "type"];

    public async Task<Dictionary<string, object?>> ReadAsync(TriggeredAction action, IReadOnlySet<string> names, CancellationToken cancel)
    {
        var firing = new FiringObject((JsonMap)JsonTree.From(action.Firing)!, urls);
        var context = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["automation"] = new WireObject("Automation", Map(JsonText.Of(action.Automation))),
            ["event"] = action.Event is { } told ? new EventObject(told, urls) : null,
            ["labels"] = new LabelTree(action.Labels),
            ["firing"] = firing,
            ["firings"] = TemplateValue.List(firing.All),
        };
        if (names.Contains("events")) context["events"] = TemplateValue.List(firing.All.Select(static one => one.Event).OfType<EventObject>());
        if (names.Contains("variables")) context["variables"] = await VariablesAsync(cancel);
        foreach (var name in FromEvent)
        {
            if (names.Contains(name) && action.Event is not null) context[name] = await ObjectAsync(action, name, cancel);
        }
        return context;
    }

    private async Task<object?> ObjectAsync(TriggeredAction action, string name, CancellationToken cancel)
    {
        var kind = "prefect." + name.Replace('_', '-');
        if (ActionTargets.Involved(action, kind) is not { } id) return null;
        var now = clock.GetUtcNow();
        return name switch
        {
            "deployment" => Wire("Deployment", (await deployments.FindAsync(id, cancel))?.Wire),
            "flow" => Wire("Flow", await flows.FindAsync(id, cancel)),
            "flow_run" => WithState(action, kind, id, Wire("FlowRun", await flowRuns.FindAsync(id, now, cancel))),
            "task_run" => WithState(action, kind, id, Wire("TaskRun", await taskRuns.FindAsync(id, now, cancel))),
            "work_pool" => Wire("WorkPool", (await pools.FindAsync(id, cancel))?.Wire),
            "work_queue" => await QueueAsync(id, now, cancel),
            _ => await LimitAsync(id, cancel),
        };
    }

    /// <summary>A queue together with its status.</summary>
    private async Task<WireObject?> QueueAsync(Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        if (await queues.FindAsync(id, cancel) is not { } queue || await queues.HealthAsync(id, cancel) is not { } health) return null;
        var map = Map(JsonText.Of(queue.Wire));
        map["healthy"] = health.Late == 0 && queue.WasPolledRecently(now);
        map["late_runs_count"] = (long)health.Late;
        return new WireObject("WorkQueue", map);
    }

    private async Task<WireObject?> LimitAsync(Guid id, CancellationToken cancel)
    {
        var limit = await db.OneAsync(
            $"select name, active, \"limit\", active_slots, denied_slots, slot_decay_per_second, avg_slot_occupancy_seconds from concurrency_limit_v2 where id = {id}",
            row => new JsonMap
            {
                ["id"] = id.ToString(), ["name"] = row.GetString(0), ["active"] = row.GetBoolean(1), ["limit"] = row.GetInt64(2), ["active_slots"] = row.GetInt64(3),
                ["denied_slots"] = row.GetInt64(4), ["slot_decay_per_second"] = row.GetDouble(5), ["avg_slot_occupancy_seconds"] = row.GetDouble(6),
            }, cancel);
        return limit is null ? null : new WireObject("ConcurrencyLimit", limit);
    }

    private async Task<object> VariablesAsync(CancellationToken cancel)
    {
        var rows = await db.ListAsync(
            $"select name, value from variable order by name limit {MostVariables}", static row => (row.GetString(0), row.GetJsonOrNull(1)), cancel);
        return TemplateValue.Dict(rows.Select(static row =>
            KeyValuePair.Create(row.Item1, row.Item2 is { } value ? TemplateValue.FromTree(JsonTree.Parse(value.Utf8)) : null)));
    }

    /// <summary>The run with the state that set the automation off, whatever it is by now.</summary>
    private static WireObject? WithState(TriggeredAction action, string kind, Guid id, WireObject? run)
    {
        if (run is null) return null;
        var resource = action.Involved.First(one => one.ObjectId(kind) == id);
        if (!Array.TrueForAll(StateLabels, label => resource.ContainsKey($"prefect.state-{label}"))) return run;
        // Labels are anybody's: with a time or a type that is none, the state is the one that is stored.
        if (!WireInstant.TryParse(resource["prefect.state-timestamp"], out _) || !Array.Exists(Enum.GetValues<StateType>(), type => type.WireName() == resource["prefect.state-type"])) return run;
        var state = run.Map.GetValueOrDefault("state") as JsonMap ?? [];
        foreach (var label in StateLabels) state[label] = resource[$"prefect.state-{label}"];
        run.Map["state"] = state;
        return run;
    }

    private static WireObject? Wire<T>(string type, T? value)
        where T : class => value is null ? null : new WireObject(type, Map(JsonText.Of(value)));

    private static JsonMap Map(RawJson json) => (JsonMap)JsonTree.Parse(json.Utf8)!;
}
