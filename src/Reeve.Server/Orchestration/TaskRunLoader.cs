using System.Text.Json;
using Reeve.Contract;
using Reeve.Core.Orchestration;
using Reeve.Core.Orchestration.Concurrency;
using Reeve.Data;

namespace Reeve.Server.Orchestration;

/// <summary>Loads task runs that a flow run's transition moves along, with the slots they hold on their tags.</summary>
internal sealed class TaskRunLoader(Dialect dialect)
{
    /// <summary>Adds the statements that load the task runs <c>r</c> for which <paramref name="condition"/> holds.</summary>
    public Func<List<TaskRunWithFacts>> Add(SqlBatch batch, Sql condition)
    {
        var runs = batch.List(
            $"""
            select r.id, r.flow_run_id, r.flow_run_run_count, r.tags, r.empirical_policy, {RunColumnsRow.Columns}, {StateRow.Columns}
            from task_run r
            left join task_run_state s on s.id = r.state_id
            left join artifact a on a.id = s.result_artifact_id
            where {condition} order by r.id
            """,
            static row => ReadRun(row));
        var leases = AddHeldLeases(batch, condition);
        var legacy = AddLegacyLimits(batch, condition);
        return () => runs.Value.ConvertAll(run => new TaskRunWithFacts(run, new TaskRunFacts
        {
            Loaded = FactNeeds.HeldTagSlots,
            HeldLeases = Held(leases.Value, run.Id),
            LegacyTagLimits = legacy.Value.FindAll(limit => run.Tags.Contains(limit.Tag)),
        }));
    }

    /// <summary>Reads when the states of a task run were, newest first: two of them must not have the same instant.</summary>
    public static DbResult<List<DateTimeOffset>> AddTimestamps(SqlBatch batch, Sql run) => batch.List(
        $"select timestamp from task_run_state where task_run_id = {run} order by timestamp desc limit 1000", static row => row.GetInstant(0));

    /// <summary>
    /// The columns of a task run joined as <c>t</c> and its state joined as <c>u</c>: what a forced transition asks, which looks at no data.
    /// </summary>
    public static readonly SqlText ParentColumns = new(
        """
        t.id, t.flow_run_id, t.flow_run_run_count, t.tags, t.empirical_policy,
        t.state_type, t.state_name, t.state_timestamp, t.run_count, t.expected_start_time, t.next_scheduled_start_time, t.start_time, t.end_time, t.total_run_time,
        u.id, u.type, u.name, u.timestamp, u.message, u.state_details, null::text
        """);

    /// <summary>Reads <see cref="ParentColumns"/>, without what it holds; null when the outer join found none.</summary>
    public static TaskRunWithFacts? ReadParent(DbRow row, int at) => row.IsNull(at) ? null : new TaskRunWithFacts(ReadRun(row, at), TaskRunFacts.None);

    /// <summary>Reads the run's own columns as <see cref="Add"/> selects them.</summary>
    public static TaskRunSnapshot ReadRun(DbRow row, int at = 0) => new()
    {
        Id = row.GetGuid(at),
        FlowRunId = row.GetGuidOrNull(at + 1),
        FlowRunRunCount = row.GetInt32(at + 2),
        Tags = JsonSerializer.Deserialize(row.GetJson(at + 3).Utf8.Span, ReeveJson.TypeInfo<List<string>>()) ?? [],
        EmpiricalPolicy = JsonSerializer.Deserialize(row.GetJson(at + 4).Utf8.Span, ReeveJson.TypeInfo<TaskRunPolicy>()) ?? TaskRunPolicy.Empty,
        Columns = RunColumnsRow.Read(row, at + 5),
        State = StateRow.Read(row, at + 5 + RunColumnsRow.Count),
    };

    /// <summary>Lease, slots, holder and limit, a row for each limit, of the leases held by the task runs <c>r</c>.</summary>
    public static DbResult<List<(Guid Lease, int Slots, Guid Holder, Guid Limit)>> AddHeldLeases(SqlBatch batch, Sql condition) => batch.List(
        $"""
        select h.id, h.slots, h.holder_id, m.limit_id
        from reeve_concurrency_lease h join reeve_concurrency_lease_limit m on m.lease_id = h.id
        where h.holder_type = 'task_run' and h.holder_id in (select r.id from task_run r where {condition})
        order by h.id
        """,
        static row => (row.GetGuid(0), row.GetInt32(1), row.GetGuid(2), row.GetGuid(3)));

    public DbResult<List<LegacyTagLimit>> AddLegacyLimits(SqlBatch batch, Sql condition)
    {
        Sql tags = dialect == Dialect.Postgres
            ? (Sql)$"select tag.value from task_run r, jsonb_array_elements_text(r.tags) tag where {condition}"
            : (Sql)$"select tag.value from task_run r, json_each(r.tags) tag where {condition}";
        return AddLegacyLimitsOf(batch, $"in ({tags})");
    }

    /// <summary>The rows of the old table whose tag is what <paramref name="tags"/> says, such as <c>= any($1)</c>.</summary>
    public static DbResult<List<LegacyTagLimit>> AddLegacyLimitsOf(SqlBatch batch, Sql tags) => batch.List(
        $"select id, tag, concurrency_limit, active_slots from concurrency_limit where tag {tags} order by tag",
        static row => ReadLegacy(row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetJson(3).ToString()));

    public static LegacyTagLimit ReadLegacy(Guid id, string tag, int limit, string holders) => new() { Id = id, Tag = tag, Limit = limit, Holders = Holders(holders) };

    public static List<SlotLease> Held(List<(Guid Lease, int Slots, Guid Holder, Guid Limit)> rows, Guid holder) =>
        [.. rows.Where(row => row.Holder == holder).GroupBy(static row => (row.Lease, row.Slots)).Select(lease => new SlotLease
        {
            Id = lease.Key.Lease,
            Slots = lease.Key.Slots,
            LimitIds = [.. lease.Select(static row => row.Limit)],
            Holder = LeaseHolder.TaskRun(holder),
        })];

    private static List<Guid> Holders(string json)
    {
        var texts = JsonSerializer.Deserialize(json, ReeveJson.TypeInfo<List<string>>()) ?? [];
        return [.. texts.Select(static text => Guid.TryParse(text, out var id) ? id : (Guid?)null).OfType<Guid>()];
    }
}
