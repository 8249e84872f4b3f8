using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.Orchestration;

/// <summary>
/// Writes what was decided for one or more runs as one batch: one round trip, one transaction, all of it or nothing.
/// The new state of the first run is the witness. It is stored only if every run is still in the state its decision
/// was made from and every slot can still be had; everything after it is written only if it was stored.
/// </summary>
internal sealed class TransitionBatch(Dialect dialect, OrchestrationSettings settings, DateTimeOffset now)
{
    private readonly List<RunWrite> _runs = [];
    private readonly SlotWrites _slots = new(dialect, settings, now);
    private DbResult<int>? _stored;

    public SqlBatch Batch { get; } = new();

    /// <summary>True when the first state is in the database: for further statements of the same batch.</summary>
    public Sql Stored { get; private set; } = $"true";

    /// <summary>Whether the batch, now run, changed anything. If not, somebody was quicker: load and decide again.</summary>
    public bool Won => _stored is null || _stored.Value == 1;

    public void Add(RunWrite run)
    {
        _slots.Add(run.Decision.Slots);
        if (run.Decision.NewState is not null) _runs.Add(run);
    }

    /// <summary>Writes the statements. Afterwards more may be added to <see cref="Batch"/> on the condition <see cref="Stored"/>.</summary>
    /// <param name="insertedWithColumns">The first run was inserted in this batch with all columns but its state.</param>
    public void Write(bool insertedWithColumns = false)
    {
        if (_runs.Count == 0)
        {
            WriteSlotsAlone();
            return;
        }
        var isPlain = _runs.Count == 1 && _slots.IsEmpty && _runs[0].Decision.Artifact is null;
        if (!isPlain) AddLocks();
        var conditions = new Predicate();
        foreach (var run in _runs.Skip(1)) conditions.Add(run.Unchanged());
        foreach (var condition in _slots.Conditions()) conditions.Add(condition);

        // The artifacts come first because states refer to them.
        var holds = new Predicate().Add(_runs[0].Unchanged()).Add(conditions).ToSql();
        foreach (var run in _runs) AddArtifact(run, holds);
        _stored = AddState(_runs[0], conditions.ToSql());
        Stored = $"exists (select 1 from {_runs[0].Table.States} where id = {_runs[0].Decision.NewState!.Id})";
        foreach (var run in _runs.Skip(1)) AddState(run, Stored);
        foreach (var run in _runs) UpdateRun(run, insertedWithColumns && run == _runs[0]);
        foreach (var run in _runs) AddCollection(run);
        _slots.AddChanges(Batch, Stored);
    }

    private void WriteSlotsAlone()
    {
        if (_slots.IsEmpty) return;
        _slots.AddLocks(Batch);
        _slots.AddChanges(Batch, $"true");
    }

    private void AddLocks()
    {
        foreach (var run in _runs) Batch.List($"select id from {run.Table.Runs} where id = {run.Id} for update", static row => row.GetGuid(0));
        _slots.AddLocks(Batch);
    }

    private void AddArtifact(RunWrite run, Sql holds)
    {
        if (run.Decision.Artifact is not { } artifact) return;
        // As text, so that PostgreSQL keeps the order of its keys.
        Batch.Execute(
            $"""
            insert into artifact (id, created, updated, key, type, data, flow_run_id, task_run_id, description)
            select {artifact.Id:uuid}, {now:timestamptz}, {now:timestamptz}, {artifact.Key:text}, {artifact.Type:text},
                   {artifact.Data.ToString():json}, {artifact.FlowRunId:uuid}, {artifact.TaskRunId:uuid}, {artifact.Description:text}
            where {holds}
            """);
    }

    private DbResult<int> AddState(RunWrite run, Sql condition)
    {
        var state = run.Decision.NewState!;
        return Batch.Execute(
            $"""
            insert into {run.Table.States} (id, created, updated, type, timestamp, name, message, state_details, {run.Table.RunId}, result_artifact_id)
            select {state.Id:uuid}, {now:timestamptz}, {now:timestamptz}, {state.Type.WireName():state_type}, {state.Timestamp:timestamptz},
                   {state.Name:text}, {state.Message:text}, {JsonText.Of(state.StateDetails):jsonb}, r.id, {run.Decision.Artifact?.Id:uuid}
            from {run.Table.Runs} r
            where r.id = {run.Id} and r.state_id is not distinct from {run.Expected} and {condition}
            for update of r
            """);
    }

    private void UpdateRun(RunWrite run, bool onlyState)
    {
        var stateId = run.Decision.NewState!.Id;
        Sql columns = onlyState ? new Sql() : Columns(run);
        Batch.Execute($"update {run.Table.Runs} set state_id = {stateId}{columns} where id = {run.Id} and {Stored}");
    }

    private Sql Columns(RunWrite run)
    {
        var columns = run.Decision.Columns;
        Sql set =
            $"""
            , state_type = {columns.StateType?.WireName()}, state_name = {columns.StateName}, state_timestamp = {columns.StateTimestamp},
            run_count = {columns.RunCount}, expected_start_time = {columns.ExpectedStartTime}, next_scheduled_start_time = {columns.NextScheduledStartTime},
            start_time = {columns.StartTime}, end_time = {columns.EndTime}, total_run_time = {columns.TotalRunTime}, updated = {now}
            """;
        return run.Also is null ? set : set.Add(run.Also);
    }

    /// <summary>A result with a key becomes the latest of its collection.</summary>
    private void AddCollection(RunWrite run)
    {
        if (run.Decision.Artifact is not { Key: { } key } artifact) return;
        Batch.Execute(
            $"""
            insert into artifact_collection (id, created, updated, key, latest_id, type, data, flow_run_id, task_run_id, description)
            select {Guid.NewGuid():uuid}, {now:timestamptz}, {now:timestamptz}, {key:text}, {artifact.Id:uuid}, {artifact.Type:text},
                   {artifact.Data.ToString():json}, {artifact.FlowRunId:uuid}, {artifact.TaskRunId:uuid}, {artifact.Description:text}
            where {Stored}
            on conflict (key) do update set updated = excluded.updated, latest_id = excluded.latest_id, type = excluded.type, data = excluded.data,
                flow_run_id = excluded.flow_run_id, task_run_id = excluded.task_run_id, description = excluded.description, metadata_ = null
            """);
    }
}
