using Reeve.Contract.TaskRuns;
using Reeve.Contract.Ui;
using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Filters;

namespace Reeve.Server.TaskRuns;

/// <summary>Reads task runs and their states, and changes what needs no rules.</summary>
internal sealed class TaskRunStore(Db db, SlowCounts counts)
{
    private static readonly SqlText Table = new("task_run");

    public Task<TaskRun?> FindAsync(Guid id, DateTimeOffset now, CancellationToken cancel) =>
        db.OneAsync(
            $"select {TaskRunRow.WithState} from {TaskRunRow.From} where r.id = {id}",
            row => TaskRunRow.ReadWithState(row, now), cancel);

    public Task<UITaskRun?> FindForUiAsync(Guid id, DateTimeOffset now, CancellationToken cancel) =>
        db.OneAsync(
            $"select {TaskRunRow.WithState}, f.name from {TaskRunRow.From} left join flow_run f on f.id = r.flow_run_id where r.id = {id}",
            row => UiTaskRunRow.ReadWithFlowRunName(row, now), cancel);

    public Task<List<TaskRun>> ListAsync(
        RelatedFilters filters, TaskRunSort sort, int limit, int offset, DateTimeOffset now, CancellationToken cancel) =>
        db.ListAsync(
            $"""
            select {TaskRunRow.WithState} from {TaskRunRow.From} where {filters.ForTaskRuns("r", db.Dialect)}
            order by {Order(sort)} limit {limit} offset {offset}
            """,
            row => TaskRunRow.ReadWithState(row, now), cancel);

    public Task<int> CountAsync(RelatedFilters filters, CancellationToken cancel) =>
        counts.CountAsync(Table, filters.ForTaskRuns("r", db.Dialect), cancel);

    public async Task<CountByState> CountByStateAsync(RelatedFilters filters, CancellationToken cancel)
    {
        var rows = await db.ListAsync(
            $"""
            select r.state_type, count(*) from task_run r where r.state_type is not null and {filters.ForTaskRuns("r", db.Dialect)}
            group by r.state_type
            """,
            static row => (Type: TaskRunStateRow.ParseType(row.GetString(0)), Runs: row.GetInt32(1)), cancel);
        var of = rows.ToDictionary(static row => row.Type, static row => row.Runs);
        return new CountByState
        {
            Completed = of.GetValueOrDefault(StateType.Completed),
            Pending = of.GetValueOrDefault(StateType.Pending),
            Running = of.GetValueOrDefault(StateType.Running),
            Failed = of.GetValueOrDefault(StateType.Failed),
            Cancelled = of.GetValueOrDefault(StateType.Cancelled),
            Crashed = of.GetValueOrDefault(StateType.Crashed),
            Paused = of.GetValueOrDefault(StateType.Paused),
            Cancelling = of.GetValueOrDefault(StateType.Cancelling),
            Scheduled = of.GetValueOrDefault(StateType.Scheduled),
        };
    }

    public async Task<bool> RenameAsync(Guid id, string name, DateTimeOffset now, CancellationToken cancel) =>
        await db.ExecuteAsync($"update task_run set name = {name}, updated = {now} where id = {id}", cancel) == 1;

    /// <summary>Deletes a run with its states and logs.</summary>
    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        batch.Execute($"delete from log where task_run_id = {id} and exists (select 1 from task_run where id = {id})");
        var deleted = batch.Execute($"delete from task_run where id = {id}");
        await db.WriteAsync(batch, cancel);
        return deleted.Value == 1;
    }

    public Task<State?> FindStateAsync(Guid id, CancellationToken cancel) =>
        db.OneAsync(
            $"select {TaskRunStateRow.WithData} from task_run_state s left join artifact a on a.id = s.result_artifact_id where s.id = {id}",
            static row => TaskRunStateRow.ReadWithData(row), cancel);

    public async Task<List<State>> ListStatesAsync(Guid runId, CancellationToken cancel)
    {
        var states = await db.ListAsync(
            $"""
            select {TaskRunStateRow.WithData} from task_run_state s left join artifact a on a.id = s.result_artifact_id
            where s.task_run_id = {runId} order by s.timestamp
            """,
            static row => TaskRunStateRow.ReadWithData(row), cancel);
        return states.ConvertAll(static state => state!);
    }

    private static SqlText Order(TaskRunSort sort) => new(sort switch
    {
        TaskRunSort.ExpectedStartTimeAsc => "r.expected_start_time, r.id",
        TaskRunSort.ExpectedStartTimeDesc => "r.expected_start_time desc, r.id desc",
        TaskRunSort.NameAsc => "r.name, r.id",
        TaskRunSort.NameDesc => "r.name desc, r.id desc",
        TaskRunSort.NextScheduledStartTimeAsc => "r.next_scheduled_start_time, r.id",
        TaskRunSort.EndTimeDesc => "r.end_time desc, r.id desc",
        _ => "r.id desc",
    });
}
