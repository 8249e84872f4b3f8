using Reeve.Contract.FlowRuns;
using Reeve.Contract.TaskRuns;
using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Orchestration;
using Reeve.Server.TaskRuns;

namespace Reeve.Server.FlowRuns;

/// <summary>Loads what the graphs of a flow run are drawn from.</summary>
internal sealed class FlowRunGraphStore(Db db)
{
    /// <summary>The run's times, nodes, artifacts and states, of one moment; null if there is no such run.</summary>
    /// <param name="id">The run.</param>
    /// <param name="maxNodes">Nodes to load at most.</param>
    /// <param name="maxArtifacts">Artifacts to load at most, the oldest.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<FlowRunGraphData?> FindAsync(Guid id, int maxNodes, int maxArtifacts, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var run = batch.One(
            $"select coalesce(start_time, expected_start_time), end_time from flow_run where id = {id}",
            static row => new { Start = row.GetInstantOrNull(0), End = row.GetInstantOrNull(1) });
        var nodes = AddNodes(batch, id, maxNodes);
        var artifacts = batch.List(
            $"""
            select a.id, a.created, a.key, a.type, c.id, case when a.type = 'progress' then a.data end, a.task_run_id
            from artifact a left join artifact_collection c on c.key = a.key and c.latest_id = a.id
            where a.flow_run_id = {id} and a.type <> 'result' order by a.created, a.id limit {maxArtifacts}
            """,
            static row => (row.GetGuidOrNull(6), Artifact: ReadArtifact(row)));
        var states = batch.List(
            $"select id, timestamp, type, name from flow_run_state where flow_run_id = {id} order by timestamp",
            static row => new GraphState
            {
                Id = row.GetGuid(0), Timestamp = row.GetInstant(1), Type = StateRow.ParseType(row.GetString(2)), Name = row.GetString(3),
            });
        await db.ReadAsync(batch, cancel);
        if (run.Value is not { } times) return null;
        return new FlowRunGraphData(times.Start, times.End, nodes.Value, artifacts.Value, states.Value);
    }

    /// <summary>The task runs of a run with what each was given, newest first; null if there is no such run.</summary>
    public async Task<List<DependencyResult>?> DependenciesAsync(Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var exists = batch.One($"select id from flow_run where id = {id}", static row => row.GetGuidOrNull(0));
        var runs = batch.List(
            $"select {TaskRunRow.WithState} from {TaskRunRow.From} where r.flow_run_id = {id} order by r.id desc",
            row => Dependencies(TaskRunRow.ReadWithState(row, now)));
        await db.ReadAsync(batch, cancel);
        return exists.Value is null ? null : runs.Value;
    }

    private static DbResult<List<FlowRunGraphNode>> AddNodes(SqlBatch batch, Guid id, int maxNodes)
    {
        Sql start = $"coalesce(c.start_time, c.expected_start_time, t.start_time, t.expected_start_time)";
        return batch.List(
            $"""
            select t.id, c.id, t.name, c.name, f.name, coalesce(c.state_type, t.state_type), {start},
                coalesce(c.end_time, t.end_time, case when t.state_type = 'COMPLETED' then t.expected_start_time end), t.task_inputs
            from task_run t
            left join flow_run c on c.parent_task_run_id = t.id
            left join flow f on f.id = c.flow_id
            where t.flow_run_id = {id} and {start} is not null
            order by 7, 8 nulls last, 1 limit {maxNodes}
            """,
            static row => new FlowRunGraphNode(
                row.IsNull(1) ? NodeKind.TaskRun : NodeKind.FlowRun,
                row.GetGuidOrNull(1) ?? row.GetGuid(0),
                row.IsNull(1) ? row.GetString(2) : $"{row.GetString(4)} / {row.GetString(3)}",
                StateRow.ParseTypeOrNull(row.GetStringOrNull(5)) ?? StateType.Pending,
                row.GetInstant(6),
                row.GetInstantOrNull(7),
                FlowRunGraphInputs.Read(row.GetJson(8))));
    }

    private static GraphArtifact ReadArtifact(DbRow row) => new()
    {
        Id = row.GetGuid(0), Created = row.GetInstant(1), Key = row.GetStringOrNull(2), Type = row.GetStringOrNull(3),
        IsLatest = row.IsNull(2) || !row.IsNull(4), Data = row.GetJson(5),
    };

    private static DependencyResult Dependencies(TaskRun run) => new()
    {
        Id = run.Id, Name = run.Name, State = run.State,
        UpstreamDependencies = [.. run.TaskInputs.Values.SelectMany(static inputs => inputs).OfType<TaskRunResult>().DistinctBy(static input => input.Id)],
        ExpectedStartTime = run.ExpectedStartTime, StartTime = run.StartTime, EndTime = run.EndTime,
        TotalRunTime = run.TotalRunTime, EstimatedRunTime = run.EstimatedRunTime,
        UntrackableResult = run.State?.StateDetails.UntrackableResult ?? false,
    };
}
