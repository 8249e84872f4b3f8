using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Deployments;
using Reeve.Core.Orchestration;
using Reeve.Core.Orchestration.Concurrency;
using Reeve.Data;
using Reeve.Server.Orchestration;

namespace Reeve.Server.FlowRuns;

/// <summary>Loads a flow run with every fact its rules ask for and every name its events tell.</summary>
internal sealed class FlowRunContextStore(Db db)
{
    private const int AtColumns = 6;
    private const int AtState = AtColumns + RunColumnsRow.Count;
    private const int AtRelated = AtState + StateRow.Count;
    private const int AtDeployment = AtRelated + 14;
    private const int AtLease = AtDeployment + 9;
    private const int AtParent = AtLease + 4;

    // One statement: the keys all lie in rows joined before, so this is a handful of index look-ups.
    private static readonly SqlText Columns = new(
        $"""
        r.id, r.name, r.deployment_id, r.parent_task_run_id, r.infrastructure_pid, r.empirical_policy, {RunColumnsRow.Columns}, {StateRow.Columns},
        r.tags, r.created_by, f.id, f.name, f.tags, d.name, d.tags, q.id, q.name, p.id, p.name, p.type, t.name, t.tags,
        d.id, d.concurrency_options, l.id, l.name, l.active, l."limit", l.active_slots, l.slot_decay_per_second, l.updated,
        h.id, h.slots, h.holder_type, h.holder_id,
        {TaskRunLoader.ParentColumns}
        """);

    private static readonly SqlText Tables = new(
        """
        flow_run r
        left join flow_run_state s on s.id = r.state_id
        left join artifact a on a.id = s.result_artifact_id
        left join flow f on f.id = r.flow_id
        left join deployment d on d.id = r.deployment_id
        left join concurrency_limit_v2 l on l.id = d.concurrency_limit_id
        left join reeve_concurrency_lease h on h.id = (s.state_details ->> 'deployment_concurrency_lease_id')::uuid
        left join work_queue q on q.id = r.work_queue_id
        left join work_pool p on p.id = q.work_pool_id
        left join task_run t on t.id = r.parent_task_run_id
        left join task_run_state u on u.id = t.state_id
        """);

    /// <summary>The run as it is now, with the task run that moves along with a subflow, in one round trip; null if there is none.</summary>
    public async Task<FlowRunContext?> FindAsync(
        Guid id, StateType proposed, FlowRunPolicyKind policy, TransitionContext context, bool withTimestamps, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var found = batch.One($"select {Columns} from {Tables} where r.id = {id}", Read);
        var slots = batch.List(Slots(id), ReadSlot);
        var taken = withTimestamps
            ? batch.List($"select timestamp from flow_run_state where flow_run_id = {id} order by timestamp desc limit 1000", static row => row.GetInstant(0))
            : null;
        var takenByParent = withTimestamps ? TaskRunLoader.AddTimestamps(batch, $"(select parent_task_run_id from flow_run where id = {id})") : null;
        var needs = FlowRunOrchestration.PossibleNeeds(proposed, policy, context);
        var failed = needs.HasFlag(FactNeeds.FailedTasks)
            ? new TaskRunLoader(db.Dialect).Add(batch, $"r.flow_run_id = {id} and r.state_type = 'FAILED'")
            : null;
        await db.ReadAsync(batch, cancel);
        if (found.Value is not { } run) return null;
        var facts = run.Facts with { Loaded = run.Facts.Loaded | needs, TakenTimestamps = taken?.Value ?? [], FailedTasks = failed?.Invoke() ?? [] };
        if (facts.Lease is { } lease) facts = facts with { Lease = lease with { LimitIds = [.. slots.Value.Where(static slot => slot.IsOfFlowRun).Select(static slot => slot.Limit)] } };
        if (facts.ParentTask is { } parent) facts = facts with { ParentTask = parent with { Facts = FactsOfParent(parent.Run.Id, slots.Value, takenByParent?.Value) } };
        return run with { Facts = facts };
    }

    /// <summary>What the run's lease holds, then what the task run that moves along holds: by leases, and in the table of old limits on tags.</summary>
    private Sql Slots(Guid id)
    {
        var elements = new SqlText(db.Dialect == Dialect.Postgres ? "jsonb_array_elements_text" : "json_each");
        return
            $"""
            select m.limit_id, null::uuid, 0, null::text, null::text from flow_run r join flow_run_state s on s.id = r.state_id
            join reeve_concurrency_lease_limit m on m.lease_id = (s.state_details ->> 'deployment_concurrency_lease_id')::uuid
            where r.id = {id} and r.deployment_id is not null
            union all
            select m.limit_id, h.id, h.slots, null, null from flow_run r
            join reeve_concurrency_lease h on h.holder_id = r.parent_task_run_id and h.holder_type = 'task_run'
            join reeve_concurrency_lease_limit m on m.lease_id = h.id
            where r.id = {id}
            union all
            select c.id, null, c.concurrency_limit, c.tag, c.active_slots::text from concurrency_limit c
            where c.tag in (select tag.value from flow_run r join task_run t on t.id = r.parent_task_run_id, {elements}(t.tags) tag where r.id = {id})
            """;
    }

    private static TaskRunFacts FactsOfParent(Guid parent, List<SlotRow> slots, List<DateTimeOffset>? taken)
    {
        var held = slots.FindAll(static slot => slot.Lease is not null).ConvertAll(slot => (slot.Lease!.Value, slot.Slots, parent, slot.Limit));
        return new TaskRunFacts
        {
            Loaded = FactNeeds.HeldTagSlots,
            HeldLeases = TaskRunLoader.Held(held, parent),
            LegacyTagLimits = [.. slots.Select(static slot => slot.Legacy).OfType<LegacyTagLimit>()],
            TakenTimestamps = taken ?? [],
        };
    }

    private static SlotRow ReadSlot(DbRow row) => new(
        row.GetGuid(0), row.GetGuidOrNull(1), row.GetInt32(2), row.IsNull(3) ? null : TaskRunLoader.ReadLegacy(row.GetGuid(0), row.GetString(3), row.GetInt32(2), row.GetString(4)));

    private static FlowRunContext Read(DbRow row)
    {
        var run = new FlowRunSnapshot
        {
            Id = row.GetGuid(0),
            Name = row.GetString(1),
            DeploymentId = row.GetGuidOrNull(2),
            ParentTaskRunId = row.GetGuidOrNull(3),
            InfrastructurePid = row.GetStringOrNull(4),
            EmpiricalPolicy = JsonSerializer.Deserialize(row.GetJson(5).Utf8.Span, ReeveJson.TypeInfo<FlowRunPolicy>()) ?? FlowRunPolicy.Empty,
            Columns = RunColumnsRow.Read(row, AtColumns),
            State = StateRow.Read(row, AtState),
        };
        return new FlowRunContext { Run = run, Facts = ReadFacts(row), Related = ReadRelated(row, run) };
    }

    private static FlowRunRelated ReadRelated(DbRow row, FlowRunSnapshot run)
    {
        var at = AtRelated;
        return new FlowRunRelated
        {
            CreatedBy = row.IsNull(at + 1) ? null : JsonSerializer.Deserialize(row.GetJson(at + 1).Utf8.Span, ReeveJson.TypeInfo<CreatedBy>()),
            Flow = row.IsNull(at + 2) ? null : (row.GetGuid(at + 2), row.GetString(at + 3)),
            Deployment = row.IsNull(at + 5) ? null : (run.DeploymentId!.Value, row.GetString(at + 5)),
            WorkQueue = row.IsNull(at + 7) ? null : (row.GetGuid(at + 7), row.GetString(at + 8)),
            WorkPool = row.IsNull(at + 9) ? null : (row.GetGuid(at + 9), row.GetString(at + 10), row.GetString(at + 11)),
            ParentTask = row.IsNull(at + 12) ? null : (run.ParentTaskRunId!.Value, row.GetString(at + 12)),
            Tags = [.. Tags(row, at), .. Tags(row, at + 4), .. Tags(row, at + 6), .. Tags(row, at + 13)],
        };
    }

    private static FlowRunFacts ReadFacts(DbRow row)
    {
        var at = AtDeployment;
        var facts = new FlowRunFacts { Loaded = FactNeeds.Deployment | FactNeeds.Lease | FactNeeds.ParentTask, ParentTask = TaskRunLoader.ReadParent(row, AtParent) };
        if (!row.IsNull(AtLease))
        {
            facts = facts with
            {
                Lease = new SlotLease
                {
                    Id = row.GetGuid(AtLease),
                    Slots = row.GetInt32(AtLease + 1),
                    LimitIds = [],
                    Holder = row.IsNull(AtLease + 2) || row.IsNull(AtLease + 3) ? null : new LeaseHolder(row.GetString(AtLease + 2), row.GetGuid(AtLease + 3)),
                },
            };
        }
        if (row.IsNull(at)) return facts;
        var options = row.IsNull(at + 1) ? null : JsonSerializer.Deserialize(row.GetJson(at + 1).Utf8.Span, ReeveJson.TypeInfo<ConcurrencyOptions>());
        return facts with
        {
            Deployment = new DeploymentFact
            {
                CollisionStrategy = options?.CollisionStrategy == ConcurrencyLimitStrategy.CancelNew ? CollisionStrategy.CancelNew : CollisionStrategy.Enqueue,
                GracePeriodSeconds = options?.GracePeriodSeconds,
                Limit = row.IsNull(at + 2) ? null : ReadLimit(row, at + 2),
            },
        };
    }

    private static SlotLimit ReadLimit(DbRow row, int at) => new()
    {
        Id = row.GetGuid(at),
        Name = row.GetString(at + 1),
        Active = row.GetBoolean(at + 2),
        Limit = row.GetInt32(at + 3),
        ActiveSlots = row.GetInt32(at + 4),
        SlotDecayPerSecond = row.GetDouble(at + 5),
        Updated = row.GetInstant(at + 6),
    };

    private static List<string> Tags(DbRow row, int at)
    {
        if (row.IsNull(at)) return [];
        var json = row.GetJson(at);
        return json.Utf8.Length <= 2 ? [] : JsonSerializer.Deserialize(json.Utf8.Span, ReeveJson.TypeInfo<List<string>>()) ?? [];
    }

    /// <summary>A slot of a limit: of the run's lease, of a lease of the parent task run, or of an old limit on one of its tags.</summary>
    private sealed record SlotRow(Guid Limit, Guid? Lease, int Slots, LegacyTagLimit? Legacy)
    {
        public bool IsOfFlowRun => Lease is null && Legacy is null;
    }
}
