using Reeve.Data;

namespace Reeve.Server.FlowRuns;

/// <summary>What the services that tend flow runs look for. Each question is answered by a partial index of its own.</summary>
internal sealed class FlowRunWatchStore(Db db)
{
    private static readonly SqlText Unfinished = new("('PENDING', 'SCHEDULED', 'RUNNING', 'PAUSED', 'CANCELLING')");

    /// <summary>Scheduled runs whose time was at or before <paramref name="before"/>, longest due first, and the time of the next after it.</summary>
    public Task<List<(Guid Id, DateTimeOffset At)>> LateAsync(DateTimeOffset before, int limit, CancellationToken cancel) => TimesAsync(
        new SqlText("r.next_scheduled_start_time"), new SqlText("r.state_type = 'SCHEDULED' and r.state_name = 'Scheduled'"), before, limit, cancel);

    /// <summary>Runs that have been cancelling since <paramref name="before"/> or earlier, longest first, and the time of the next after it.</summary>
    public Task<List<(Guid Id, DateTimeOffset At)>> CancellingAsync(DateTimeOffset before, int limit, CancellationToken cancel) =>
        TimesAsync(new SqlText("r.state_timestamp"), new SqlText("r.state_type = 'CANCELLING'"), before, limit, cancel);

    /// <summary>Paused runs, by id, with the end of their pause.</summary>
    public Task<List<(Guid Id, string? Timeout)>> PausedAsync(Guid after, int limit, CancellationToken cancel) => db.ListAsync(
        $"""
        select r.id, s.state_details ->> 'pause_timeout'
        from flow_run r join flow_run_state s on s.id = r.state_id
        where r.state_type = 'PAUSED' and r.id > {after} order by r.id limit {limit}
        """,
        static row => (row.GetGuid(0), row.GetStringOrNull(1)), cancel);

    /// <summary>Unfinished task runs of flow runs that were cancelled since <paramref name="since"/>, at most <paramref name="limit"/>.</summary>
    public Task<List<Guid>> TasksOfCancelledAsync(DateTimeOffset since, int limit, CancellationToken cancel) => db.ListAsync(
        $"""
        select t.id from flow_run r join task_run t on t.flow_run_id = r.id
        where r.state_type = 'CANCELLED' and r.end_time >= {since} and t.state_type in {Unfinished}
        order by r.end_time, t.id limit {limit}
        """,
        static row => row.GetGuid(0), cancel);

    /// <summary>Unfinished subflow runs whose containing run is cancelled or gone; those with a deployment that are cancelling already not.</summary>
    public Task<List<Guid>> OrphanedSubflowsAsync(Guid after, int limit, CancellationToken cancel) => db.ListAsync(
        $"""
        select r.id from flow_run r
        join task_run t on t.id = r.parent_task_run_id
        left join flow_run c on c.id = t.flow_run_id
        where r.parent_task_run_id is not null and r.state_type in {Unfinished} and r.id > {after}
            and t.flow_run_id is not null and (c.state_type is null or c.state_type = 'CANCELLED')
            and (r.deployment_id is null or r.state_type <> 'CANCELLING')
        order by r.id limit {limit}
        """,
        static row => row.GetGuid(0), cancel);

    /// <summary>Where orders to clean up after a run go; null when it has no queue in a pool.</summary>
    public Task<(Guid Pool, string PoolType, Guid Queue)?> PlaceAsync(Guid run, CancellationToken cancel) => db.OneAsync(
        $"""
        select p.id, p.type, q.id from flow_run r join work_queue q on q.id = r.work_queue_id join work_pool p on p.id = q.work_pool_id
        where r.id = {run}
        """,
        static row => ((Guid, string, Guid)?)(row.GetGuid(0), row.GetString(1), row.GetGuid(2)), cancel);

    // One statement: those due, and the first that is not, which says when to look again.
    private Task<List<(Guid Id, DateTimeOffset At)>> TimesAsync(
        SqlText time, SqlText kind, DateTimeOffset before, int limit, CancellationToken cancel) => db.ListAsync(
        $"""
        select id, at from (
            select r.id as id, {time} as at from flow_run r where {kind} and {time} <= {before} order by {time}, r.id limit {limit}) due
        union all
        select id, at from (
            select r.id as id, {time} as at from flow_run r where {kind} and {time} > {before} order by {time}, r.id limit 1) coming
        """,
        static row => (row.GetGuid(0), row.GetInstant(1)), cancel);
}
