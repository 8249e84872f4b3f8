using Reeve.Contract.Json;
using Reeve.Core.Orchestration.Concurrency;
using Reeve.Data;

namespace Reeve.Server.FlowRuns.Explain;

/// <summary>Reads what decides whether a flow run is taken, in one round trip.</summary>
internal sealed class RunFactStore(Db db)
{
    private const int Holders = 5;
    private const int Workers = 20;

    private static readonly SqlText Busy = new("('PENDING', 'RUNNING')");

    public async Task<RunFacts?> FindAsync(Guid id, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var run = batch.One(
            $"""
            select r.id, r.name, r.state_type, r.state_name, r.state_timestamp, r.next_scheduled_start_time, s.state_details ->> 'pause_timeout',
                coalesce(r.empirical_policy ->> 'retry_type', ''), r.deployment_id, d.name, coalesce(d.paused, false), r.auto_scheduled,
                (select c.active from deployment_schedule c where c.deployment_id = r.deployment_id and c.id::text = r.created_by ->> 'id'),
                q.name, q.is_paused, q.concurrency_limit, (select count(*) from flow_run b where b.work_queue_id = q.id and b.state_type in {Busy}),
                p.name, p.is_paused, p.concurrency_limit,
                (select count(*) from flow_run b join work_queue w on w.id = b.work_queue_id where w.work_pool_id = p.id and b.state_type in {Busy}),
                p.type, l.id, l.name, l.active, l."limit", l.active_slots, l.slot_decay_per_second, l.updated
            from flow_run r
            left join flow_run_state s on s.id = r.state_id
            left join deployment d on d.id = r.deployment_id
            left join concurrency_limit_v2 l on l.id = d.concurrency_limit_id
            left join work_queue q on q.id = r.work_queue_id
            left join work_pool p on p.id = q.work_pool_id
            where r.id = {id}
            """,
            Read);
        Sql queue = $"(select r.work_queue_id from flow_run r where r.id = {id})";
        Sql pool = $"(select q.work_pool_id from flow_run r join work_queue q on q.id = r.work_queue_id where r.id = {id})";
        var ofQueue = HeldBy(batch, $"flow_run b where b.work_queue_id = {queue} and b.state_type in {Busy}");
        var ofPool = HeldBy(batch, $"flow_run b join work_queue w on w.id = b.work_queue_id where w.work_pool_id = {pool} and b.state_type in {Busy}");
        var ofDeployment = HeldBy(
            batch, $"flow_run b where b.deployment_id = (select r.deployment_id from flow_run r where r.id = {id}) and b.state_type in ('PENDING', 'RUNNING', 'CANCELLING')");
        var workers = batch.List(
            $"""
            select w.name, w.status = 'ONLINE', w.last_heartbeat_time, coalesce(w.heartbeat_interval_seconds, 0) from worker w
            where w.work_pool_id = {pool} order by w.last_heartbeat_time desc limit {Workers}
            """,
            static row => new RunWorker(row.GetString(0), row.GetBoolean(1), row.GetInstant(2), row.GetInt32(3)));
        var tags = batch.List(FullTags(id), static row => row.GetString(0));
        await db.ReadAsync(batch, cancel);
        return run.Value is not { } facts ? null : facts with
        {
            QueueHolders = ofQueue.Value, PoolHolders = ofPool.Value, DeploymentHolders = ofDeployment.Value, Workers = workers.Value, FullTags = tags.Value,
        };
    }

    private static DbResult<List<RunHolder>> HeldBy(SqlBatch batch, Sql runs) => batch.List(
        $"select b.id, b.name from {runs} order by b.state_timestamp, b.id limit {Holders}", static row => new RunHolder(row.GetGuid(0), row.GetString(1)));

    // Task runs that wait for a tag stay as they were: what they wait for shows in the limits alone. Those of before v2 have a table of their own.
    private Sql FullTags(Guid id)
    {
        Sql waiting = db.IsSqlite
            ? $"(select distinct g.value as tag from task_run t, json_each(t.tags) g where t.flow_run_id = {id} and t.state_type in ('SCHEDULED', 'PENDING'))"
            : (Sql)$"(select distinct g.value as tag from task_run t, jsonb_array_elements_text(t.tags) g where t.flow_run_id = {id} and t.state_type in ('SCHEDULED', 'PENDING'))";
        Sql taken = db.IsSqlite ? (Sql)$"json_array_length(o.active_slots)" : $"jsonb_array_length(o.active_slots)";
        return
            $"""
            select a.tag from {waiting} a join concurrency_limit_v2 l on l.name = 'tag:' || a.tag where l.active and l.active_slots >= l."limit"
            union
            select a.tag from {waiting} a join concurrency_limit o on o.tag = a.tag where {taken} >= o.concurrency_limit
            order by 1
            """;
    }

    private static RunFacts Read(DbRow row) => new()
    {
        Id = row.GetGuid(0),
        Name = row.GetString(1),
        StateType = row.GetStringOrNull(2),
        StateName = row.GetStringOrNull(3),
        StateSince = row.GetInstantOrNull(4),
        Due = row.GetInstantOrNull(5),
        PauseTimeout = WireInstant.TryParse(row.GetStringOrNull(6), out var timeout) ? timeout : null,
        RetriesInProcess = row.GetString(7) == "in_process",
        HasDeployment = !row.IsNull(8),
        Deployment = row.GetStringOrNull(9),
        DeploymentPaused = row.GetBoolean(10),
        IsAutoScheduled = row.GetBoolean(11),
        ScheduleActive = row.IsNull(12) ? null : row.GetBoolean(12),
        Queue = row.IsNull(13) ? null : new RunPlace(row.GetString(13), row.GetBoolean(14), row.GetInt32OrNull(15), row.GetInt32(16)),
        Pool = row.IsNull(17) ? null : new RunPlace(row.GetString(17), row.GetBoolean(18), row.GetInt32OrNull(19), row.GetInt32(20)),
        PoolType = row.GetStringOrNull(21),
        DeploymentLimit = row.IsNull(22) ? null : new SlotLimit
        {
            Id = row.GetGuid(22), Name = row.GetString(23), Active = row.GetBoolean(24), Limit = row.GetInt32(25), ActiveSlots = row.GetInt32(26),
            SlotDecayPerSecond = row.GetDouble(27), Updated = row.GetInstant(28),
        },
    };
}
