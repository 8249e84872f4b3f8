using Reeve.Core.Orchestration;
using Reeve.Core.Orchestration.Concurrency;
using Reeve.Data;

namespace Reeve.Server.Orchestration;

/// <summary>
/// The slots and leases of decisions as statements, in two steps. First locks, the conditions under which the decision
/// still holds, and new leases; then, once the states are stored, all that only adds up when they are.
/// </summary>
internal sealed class SlotWrites(Dialect dialect, OrchestrationSettings settings, DateTimeOffset now)
{
    private readonly List<SlotWrite> _writes = [];
    private readonly SlotSql _slots = new(dialect, settings);

    public bool IsEmpty => _writes.Count == 0;

    public void Add(IEnumerable<SlotWrite> writes) => _writes.AddRange(writes);

    /// <summary>Locks leases, then limits, each in order of their ids, so that nobody waits in a circle.</summary>
    public void AddLocks(SqlBatch batch)
    {
        var leases = _writes.Select(LockedLease).OfType<Guid>().Order().ToList();
        if (leases.Count > 0) batch.List($"select id from reeve_concurrency_lease where id = any({leases}) order by id for update", Nothing);
        var limits = _writes.SelectMany(LockedLimits).Distinct().Order().ToList();
        if (limits.Count > 0) batch.List($"select id from concurrency_limit_v2 where id = any({limits}) order by id for update", Nothing);
        var legacy = _writes.OfType<AddTagHolder>().Select(static add => add.LimitId).Order().ToList();
        if (legacy.Count > 0) batch.List($"select id from concurrency_limit where id = any({legacy}) order by id for update", Nothing);
    }

    /// <summary>What must hold for the decision to hold. It is asked before anything is written.</summary>
    public IEnumerable<Sql> Conditions()
    {
        foreach (var write in _writes)
        {
            if (write is TakeSlots take)
            {
                var free = _slots.HasFree(take.Slots, GivenBack(take), now);
                yield return $"(select count(*) from concurrency_limit_v2 l where l.id = any({take.LimitIds}) and {free}) = {take.LimitIds.Count:int}";
            }
            else if (write is RenewLease renew)
            {
                yield return $"exists (select 1 from reeve_concurrency_lease where id = {renew.LeaseId})";
            }
            else if (write is AddTagHolder add)
            {
                var holder = add.TaskRunId.ToString();
                yield return dialect == Dialect.Postgres
                    ? (Sql)$"exists (select 1 from concurrency_limit where id = {add.LimitId} and (active_slots ? {holder:text} or jsonb_array_length(active_slots) < concurrency_limit))"
                    : (Sql)$"exists (select 1 from concurrency_limit where id = {add.LimitId} and ({holder} in (select value from json_each(active_slots)) or json_array_length(active_slots) < concurrency_limit))";
            }
        }
    }

    /// <summary>The slots that were taken, counted, and all that is given back. Only if <paramref name="stored"/>.</summary>
    public void AddChanges(SqlBatch batch, Sql stored)
    {
        foreach (var write in _writes) AddChange(batch, write, stored);
    }

    private void AddChange(SqlBatch batch, SlotWrite write, Sql stored)
    {
        switch (write)
        {
            case TakeSlots take:
                batch.Execute($"update concurrency_limit_v2 as l {_slots.Take(take.Slots, now)} where l.id = any({take.LimitIds}) and {stored}");
                InsertLease(batch, take, stored);
                break;
            case RenewLease renew:
                batch.Execute($"update reeve_concurrency_lease set expiration = {now + renew.Ttl} where id = {renew.LeaseId} and {stored}");
                break;
            case ReleaseLease release:
                Release(batch, release.LeaseId, null, stored);
                break;
            case GiveBackSlots give:
                batch.Execute($"update concurrency_limit_v2 as l {_slots.GiveBack(give.Slots, null, now)} where l.id = {give.LimitId} and {stored}");
                break;
            case AddTagHolder add:
                AddHolder(batch, add, stored);
                break;
            case RemoveTagHolder remove:
                RemoveHolder(batch, remove, stored);
                break;
            default:
                throw new NotSupportedException($"no statement for {write}");
        }
    }

    private void InsertLease(SqlBatch batch, TakeSlots take, Sql stored)
    {
        batch.Execute(
            $"""
            insert into reeve_concurrency_lease (id, slots, holder_type, holder_id, expiration, created)
            select {take.LeaseId:uuid}, {take.Slots:int}, {take.Holder?.Type:text}, {take.Holder?.Id:uuid}, {now + take.Ttl:timestamptz}, {now:timestamptz}
            where {stored}
            """);
        foreach (var limit in take.LimitIds)
        {
            batch.Execute($"insert into reeve_concurrency_lease_limit (lease_id, limit_id) select {take.LeaseId:uuid}, {limit:uuid} where {stored}");
        }
    }

    /// <summary>Gives a lease's slots back and removes it, if it is still there. The lease must be locked before.</summary>
    public void Release(SqlBatch batch, Guid leaseId, double? heldSeconds, Sql condition)
    {
        Sql slots = $"(select slots from reeve_concurrency_lease where id = {leaseId})";
        Sql limits = $"l.id in (select limit_id from reeve_concurrency_lease_limit where lease_id = {leaseId})";
        batch.Execute($"update concurrency_limit_v2 as l {_slots.GiveBack(slots, heldSeconds, now)} where {limits} and {condition}");
        batch.Execute($"delete from reeve_concurrency_lease where id = {leaseId} and {condition}");
    }

    private void AddHolder(SqlBatch batch, AddTagHolder add, Sql stored)
    {
        var holder = add.TaskRunId.ToString();
        batch.Execute(dialect == Dialect.Postgres
            ? (Sql)$"update concurrency_limit set active_slots = active_slots || to_jsonb({holder:text}), updated = {now} where id = {add.LimitId} and not active_slots ? {holder:text} and {stored}"
            : (Sql)$"update concurrency_limit set active_slots = json_insert(active_slots, '$[#]', {holder}), updated = {now} where id = {add.LimitId} and {holder} not in (select value from json_each(active_slots)) and {stored}");
    }

    private void RemoveHolder(SqlBatch batch, RemoveTagHolder remove, Sql stored)
    {
        var holder = remove.TaskRunId.ToString();
        batch.Execute(dialect == Dialect.Postgres
            ? (Sql)$"update concurrency_limit set active_slots = active_slots - {holder:text}, updated = {now} where id = {remove.LimitId} and {stored}"
            : (Sql)$"update concurrency_limit set active_slots = (select json_group_array(value) from json_each(active_slots) where value <> {holder}), updated = {now} where id = {remove.LimitId} and {stored}");
    }

    private int GivenBack(TakeSlots take) =>
        _writes.OfType<GiveBackSlots>().Where(give => take.LimitIds.Contains(give.LimitId)).Sum(static give => give.Slots);

    private static Guid? LockedLease(SlotWrite write) => write switch
    {
        ReleaseLease release => release.LeaseId,
        RenewLease renew => renew.LeaseId,
        _ => null,
    };

    private static IEnumerable<Guid> LockedLimits(SlotWrite write) => write is TakeSlots take ? take.LimitIds : [];

    private static Guid Nothing(DbRow row) => row.GetGuid(0);
}
