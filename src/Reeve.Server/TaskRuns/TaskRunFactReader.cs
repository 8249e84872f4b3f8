using Reeve.Core.Orchestration;
using Reeve.Core.Orchestration.Concurrency;
using Reeve.Data;
using Reeve.Server.Orchestration;

namespace Reeve.Server.TaskRuns;

/// <summary>The statements for what the rules of task runs ask beyond the run's own row.</summary>
internal sealed class TaskRunFactReader(Dialect dialect)
{
    /// <summary>The flow run with the id that <paramref name="id"/> gives, with its state.</summary>
    public static DbResult<FlowRunFact?> AddFlowRun(SqlBatch batch, Sql id) => batch.One(
        $"""
        select f.run_count, {StateRow.Columns} from flow_run f
        left join flow_run_state s on s.id = f.state_id
        left join artifact a on a.id = s.result_artifact_id
        where f.id = {id}
        """,
        static row => new FlowRunFact(StateRow.Read(row, 1), row.GetInt32(0)));

    /// <summary>The state of the newest row of the key that still counts; an older row does not stand in for it when that state is gone.</summary>
    public static DbResult<State?> AddCachedState(SqlBatch batch, string key, DateTimeOffset now) => batch.One(
        $"""
        select {StateRow.Columns} from (
            select task_run_state_id from task_run_state_cache
            where cache_key = {key} and (cache_expiration is null or cache_expiration > {now})
            order by created desc limit 1) c
        join task_run_state s on s.id = c.task_run_state_id
        left join artifact a on a.id = s.result_artifact_id
        """,
        static row => StateRow.Read(row));

    /// <summary>The global limits on the tags of the task run <paramref name="id"/>.</summary>
    public DbResult<List<SlotLimit>> AddTagLimits(SqlBatch batch, Guid id)
    {
        Sql names = dialect == Dialect.Postgres
            ? (Sql)$"select 'tag:' || tag.value from task_run r, jsonb_array_elements_text(r.tags) tag where r.id = {id}"
            : (Sql)$"select 'tag:' || tag.value from task_run r, json_each(r.tags) tag where r.id = {id}";
        return batch.List(
            $"""
            select id, name, active, "limit", active_slots, denied_slots, slot_decay_per_second, avg_slot_occupancy_seconds, updated
            from concurrency_limit_v2 where name in ({names}) order by name
            """,
            static row => new SlotLimit
            {
                Id = row.GetGuid(0), Name = row.GetString(1), Active = row.GetBoolean(2), Limit = row.GetInt32(3), ActiveSlots = row.GetInt32(4),
                DeniedSlots = row.GetInt32(5), SlotDecayPerSecond = row.GetDouble(6), AvgSlotOccupancySeconds = row.GetDouble(7), Updated = row.GetInstant(8),
            });
    }
}
