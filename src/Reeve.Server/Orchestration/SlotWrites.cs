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
    private readonly SlotStatements _slots = new(dialect, settings, now);

    public bool IsEmpty => _writes.Count == 0;

    public void Add(IEnumerable<SlotWrite> writes) => _writes.AddRange(writes);

    /// <summary>Locks leases, then limits, each in order of their ids, so that nobody waits in a circle.</summary>
    public void AddLocks(SqlBatch batch)
    {
        SlotStatements.LockLeases(batch, [.. _writes.Select(LockedLease).OfType<Guid>()]);
        SlotStatements.LockLimits(batch, [.. _writes.SelectMany(LockedLimits)]);
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
                yield return _slots.AllFree(take.LimitIds, take.Slots, GivenBack(take));
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
                _slots.Take(batch, take.LimitIds, take.Slots, stored);
                _slots.InsertLease(batch, take, stored);
                _slots.InsertLeaseLimits(batch, take, stored);
                break;
            case RenewLease renew:
                _slots.Renew(batch, renew.LeaseId, renew.Ttl, stored);
                break;
            case ReleaseLease release:
                _slots.Release(batch, release.LeaseId, counted: false, stored);
                break;
            case GiveBackSlots give:
                _slots.GiveBack(batch, [give.LimitId], give.Slots, heldSeconds: null, stored);
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

    private static IEnumerable<Guid> LockedLimits(SlotWrite write) => write switch
    {
        TakeSlots take => take.LimitIds,
        ReleaseLease release => release.LimitIds,
        GiveBackSlots give => [give.LimitId],
        _ => [],
    };

    private static Guid Nothing(DbRow row) => row.GetGuid(0);
}
