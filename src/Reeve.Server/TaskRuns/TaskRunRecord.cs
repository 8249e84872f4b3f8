using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Events;
using Reeve.Contract.TaskRuns;
using Reeve.Core;
using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Events;

namespace Reeve.Server.TaskRuns;

/// <summary>What one task run event says: a state, and those columns of the run that the client sent. See services.md §8.2.</summary>
internal sealed class TaskRunRecord
{
    /// <summary>Columns by the key they have in the event, each with how its value is taken from the run.</summary>
    private static readonly (string Column, Func<TaskRun, SqlValue> Value)[] Known =
    [
        ("name", static run => SqlValue.From(run.Name)),
        ("task_key", static run => SqlValue.From(run.TaskKey)),
        ("dynamic_key", static run => SqlValue.From(run.DynamicKey)),
        ("cache_key", static run => SqlValue.From(run.CacheKey)),
        ("cache_expiration", static run => SqlValue.From(run.CacheExpiration)),
        ("task_version", static run => SqlValue.From(run.TaskVersion)),
        ("empirical_policy", static run => SqlValue.From(Json(run.EmpiricalPolicy))),
        ("tags", static run => SqlValue.From(Json(run.Tags))),
        ("labels", static run => SqlValue.From(run.Labels.IsNull ? null : (RawJson?)run.Labels)),
        ("task_inputs", static run => SqlValue.From(Json(run.TaskInputs))),
        ("run_count", static run => SqlValue.From(run.RunCount)),
        ("flow_run_run_count", static run => SqlValue.From(run.FlowRunRunCount)),
        ("expected_start_time", static run => SqlValue.From(run.ExpectedStartTime)),
        ("next_scheduled_start_time", static run => SqlValue.From(run.NextScheduledStartTime)),
        ("start_time", static run => SqlValue.From(run.StartTime)),
        ("end_time", static run => SqlValue.From(run.EndTime)),
        ("total_run_time", static run => SqlValue.From(run.TotalRunTime)),
    ];

    private TaskRunRecord(Guid id, Guid? flowRunId, string taskKey, string dynamicKey, State state, IReadOnlyList<(string, SqlValue)> columns)
    {
        Id = id;
        FlowRunId = flowRunId;
        TaskKey = taskKey;
        DynamicKey = dynamicKey;
        State = state;
        Columns = columns;
    }

    /// <summary>The run's id as the event has it; the stored run of the same natural key may have another.</summary>
    public Guid Id { get; }

    public Guid? FlowRunId { get; }

    public string TaskKey { get; }

    public string DynamicKey { get; }

    public State State { get; }

    /// <summary>The columns that were sent and those that follow from the state, without id and times of the row.</summary>
    public IReadOnlyList<(string Column, SqlValue Value)> Columns { get; }

    /// <summary>Identifies the run within its flow run; null for a run without one.</summary>
    public TaskRunKey? Key => FlowRunId is { } flowRun ? new TaskRunKey(flowRun, TaskKey, DynamicKey) : null;

    /// <summary>Whether the recorder is to record it.</summary>
    public static bool Concerns(ReceivedEvent told) =>
        told.Event.StartsWith("prefect.task-run", StringComparison.Ordinal)
        && told.Resource.GetValueOrDefault(EventLabels.Orchestration) == "client";

    /// <exception cref="JsonException">The payload is not what a client's task run event carries.</exception>
    public static TaskRunRecord From(ReceivedEvent told)
    {
        using var document = told.Payload.ToDocument();
        var stateJson = Member(document.RootElement, "validated_state");
        var runJson = Member(document.RootElement, "task_run");
        var run = runJson.Deserialize(ReeveJson.TypeInfo<TaskRun>())!;
        var id = runJson.TryGetProperty("id", out _) ? run.Id
            : told.Resource.ObjectId("prefect.task-run") ?? throw new JsonException($"The resource {told.Resource.ResourceId()} is no task run.");
        var flowRunId = runJson.TryGetProperty("flow_run_id", out _) ? run.FlowRunId : told.InRole("flow-run")?.ObjectId("prefect.flow-run");
        foreach (var key in (ReadOnlySpan<string>)["task_key", "dynamic_key"])
        {
            if (!runJson.TryGetProperty(key, out var value) || value.ValueKind != JsonValueKind.String) throw new JsonException($"The payload has no task_run.{key}.");
        }
        var state = ReadState(told, stateJson, flowRunId);
        return new TaskRunRecord(id, flowRunId, run.TaskKey, run.DynamicKey, state, Sent(runJson, run, flowRunId, state));
    }

    /// <summary>What some records of one run say together, oldest first: the newest one, with the columns that only older ones have.</summary>
    public static TaskRunRecord Together(IReadOnlyList<TaskRunRecord> records)
    {
        var newest = records[^1];
        if (records.Count == 1) return newest;
        var columns = records.SelectMany(static record => record.Columns).GroupBy(static column => column.Column, StringComparer.Ordinal).Select(static told => told.Last());
        return new TaskRunRecord(newest.Id, newest.FlowRunId, newest.TaskKey, newest.DynamicKey, newest.State, [.. columns.OrderBy(static column => column.Column, StringComparer.Ordinal)]);
    }

    private static State ReadState(ReceivedEvent told, JsonElement json, Guid? flowRunId)
    {
        var proposed = json.Deserialize(ReeveJson.TypeInfo<Contract.States.StateCreate>())!;
        if (!json.TryGetProperty("type", out _)) throw new JsonException("The payload has no validated_state.type.");
        return new State
        {
            Id = json.TryGetProperty("id", out var id) && id.TryGetGuid(out var own) ? own : told.Id,
            Timestamp = json.TryGetProperty("timestamp", out var at) && at.ValueKind == JsonValueKind.String
                ? at.Deserialize(ReeveJson.TypeInfo<DateTimeOffset>()) : told.Occurred,
            Type = proposed.Type,
            Name = proposed.Name ?? proposed.Type.DefaultName(),
            Message = proposed.Message,
            Data = proposed.Data.IsNull ? null : EventText.Storable(proposed.Data),
            StateDetails = proposed.StateDetails with { FlowRunId = flowRunId },
        };
    }

    private static List<(string, SqlValue)> Sent(JsonElement json, TaskRun run, Guid? flowRunId, State state)
    {
        var columns = new List<(string, SqlValue)>(Known.Length + 5);
        foreach (var (column, value) in Known)
        {
            if (json.TryGetProperty(column, out _)) columns.Add((column, value(run)));
        }
        columns.Add(("flow_run_id", SqlValue.From(flowRunId)));
        columns.Add(("state_id", SqlValue.From((Guid?)state.Id)));
        columns.Add(("state_type", SqlValue.From(state.Type.WireName())));
        columns.Add(("state_name", SqlValue.From(state.Name)));
        columns.Add(("state_timestamp", SqlValue.From(state.Timestamp)));
        return columns;
    }

    private static JsonElement Member(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object
            ? member : throw new JsonException($"The payload has no object {name}.");

    private static RawJson Json<T>(T value) => RawJson.From(value, ReeveJson.TypeInfo<T>());
}
