using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Events;
using Reeve.Core;
using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Settings.Views;

namespace Reeve.Server.TaskRuns;

/// <summary>
/// Makes task runs and their states out of the events of clients that orchestrate their tasks themselves. A run shows
/// the state with the latest time, whatever the order of arrival; every state is kept. See services.md §8.
/// </summary>
internal sealed partial class TaskRunRecorder(Db db, ServerSettings settings, ILogger<TaskRunRecorder> log) : IEventConsumer
{
    public string Name => "TaskRunRecorder";

    public bool IsEnabled { get; } = settings.Services.TaskRunRecorder.Enabled;

    public async Task PrepareAsync(SqlBatch batch, IReadOnlyList<ReceivedEvent> events, DateTimeOffset now, CancellationToken cancel)
    {
        var records = Read(events);
        if (records.Count == 0) return;
        var (stored, flowRuns) = await FindAsync(records, cancel);
        records.RemoveAll(record => IsOrphan(record, flowRuns));
        var missing = new List<TaskRunRecord>();
        var states = new List<(Guid RunId, State State)>();
        var updates = new List<(Guid Id, TaskRunRecord Record)>();
        var changed = new HashSet<StoredTaskRun>();
        foreach (var group in TaskRunGroups.Of(records))
        {
            var newest = group[^1];
            var run = stored.Match(group);
            if (run is null) missing.Add(TaskRunRecord.Together(group));
            else if (group.FindAll(record => run.StateTimestamp < record.State.Timestamp) is { Count: > 0 } newer)
            {
                updates.Add((run.Id, TaskRunRecord.Together(newer)));
                changed.Add(run);
            }

            states.AddRange(group.Select(record => (run?.Id ?? newest.Id, record.State)));
        }
        if (changed.Count > 0) RequireSame(batch, changed);
        TaskRunWrites.Insert(batch, missing, now);
        if (missing.Count > 0) RequireOurs(batch, missing);
        TaskRunWrites.Update(batch, updates, now);
        InsertStates(batch, states, now);
    }

    // What is newer than the stored state was told by that state. Held in one order, so that recorders of several processes queue up instead of deadlocking.
    private static void RequireSame(SqlBatch batch, HashSet<StoredTaskRun> runs)
    {
        var ids = runs.Select(static run => run.Id).ToArray();
        var states = runs.Select(static run => run.StateId).OfType<Guid>().ToArray();
        batch.Require(
            $"""
            (select count(*) from (select id, state_id from task_run where id = any({ids}) order by id for update) held
            where held.state_id is null or held.state_id = any({states})) = {runs.Count}
            """);
    }

    // Another process may have made the same run, under another id or in another state: what follows of that is to be decided anew.
    private static void RequireOurs(SqlBatch batch, List<TaskRunRecord> made)
    {
        var ids = made.ConvertAll(static record => record.Id);
        var states = made.ConvertAll(static record => record.State.Id);
        batch.Require($"(select count(*) from task_run where id = any({ids}) and state_id = any({states})) = {made.Count}");
    }

    private List<TaskRunRecord> Read(IReadOnlyList<ReceivedEvent> events)
    {
        var records = new List<TaskRunRecord>();
        foreach (var told in events)
        {
            if (!TaskRunRecord.Concerns(told)) continue;
            try
            {
                records.Add(TaskRunRecord.From(told));
            }
            catch (JsonException error)
            {
                LogUnusable(log, told.Event, told.Id, error.Message);
            }
        }
        return records;
    }

    // The flow run was deleted while its events were under way; its task runs would have gone with it.
    private bool IsOrphan(TaskRunRecord record, HashSet<Guid> flowRuns)
    {
        if (record.FlowRunId is not { } flowRun || flowRuns.Contains(flowRun)) return false;
        LogOrphan(log, record.Id, flowRun);
        return true;
    }

    /// <summary>What is stored of these runs, and those of their flow runs that exist.</summary>
    private async Task<(StoredTaskRuns Stored, HashSet<Guid> FlowRuns)> FindAsync(List<TaskRunRecord> records, CancellationToken cancel)
    {
        var ids = records.Select(static record => record.Id).Distinct().ToArray();
        var keys = records.Where(static record => record.Key is not null).Select(static record => record.Key!.Value).Distinct().ToArray();
        var flowRunIds = keys.Select(static key => key.FlowRunId).Distinct().ToArray();
        var taskKeys = keys.Select(static key => key.TaskKey).Distinct().ToArray();
        var dynamicKeys = keys.Select(static key => key.DynamicKey).Distinct().ToArray();
        var batch = new SqlBatch();
        var flowRuns = batch.List($"select id from flow_run where id = any({flowRunIds})", static row => row.GetGuid(0));
        var runs = batch.List(
            $"""
            select id, flow_run_id, task_key, dynamic_key, state_timestamp, state_id from task_run
            where id = any({ids})
                or (flow_run_id = any({flowRunIds}) and task_key = any({taskKeys}) and dynamic_key = any({dynamicKeys}))
            """,
            static row => new StoredTaskRun(row.GetGuid(0), row.GetGuidOrNull(1), row.GetString(2), row.GetString(3), row.GetInstantOrNull(4), row.GetGuidOrNull(5)));
        await db.ReadAsync(batch, cancel);
        var stored = new StoredTaskRuns();
        stored.Add(runs.Value);
        return (stored, [.. flowRuns.Value]);
    }

    private static void InsertStates(SqlBatch batch, List<(Guid RunId, State State)> states, DateTimeOffset now)
    {
        states.Sort(static (one, other) => one.State.Id.CompareTo(other.State.Id));
        batch.Insert(
            $"insert into task_run_state (id, created, updated, type, timestamp, name, message, state_details, data, task_run_id)",
            states,
            row => $"({row.State.Id}, {now}, {now}, {row.State.Type.WireName()}, {row.State.Timestamp}, {row.State.Name}, {row.State.Message}, {Details(row.RunId, row.State)}, {row.State.Data}, {row.RunId})",
            $"on conflict do nothing");
    }

    private static RawJson Details(Guid runId, State state) =>
        RawJson.From(state.StateDetails with { TaskRunId = runId }, ReeveJson.TypeInfo<StateDetails>());

    [LoggerMessage(3030, LogLevel.Warning, "Event {Event} {Id} says nothing about a task run: {Problem}")]
    private static partial void LogUnusable(ILogger log, string @event, Guid id, string problem);

    [LoggerMessage(3031, LogLevel.Warning, "Task run {TaskRun} is not recorded: its flow run {FlowRun} does not exist")]
    private static partial void LogOrphan(ILogger log, Guid taskRun, Guid flowRun);
}
