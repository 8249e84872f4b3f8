using Reeve.Core.Orchestration;
using Reeve.Core.Orchestration.Concurrency;
using Reeve.Data;

namespace Reeve.Server.Orchestration;

/// <summary>
/// Every statement that takes, renews or gives back slots, for transitions, routes and services alike. Locks come first:
/// leases, then limits, each in order of their ids. A lease row and its slots in <c>active_slots</c> change together.
/// </summary>
internal sealed class SlotStatements(Dialect dialect, OrchestrationSettings settings, DateTimeOffset now)
{
    /// <summary>How long a lease lasts whose holder does not know of it.</summary>
    public static readonly TimeSpan WithoutRenewal = TimeSpan.FromDays(36_500);

    private readonly SlotSql _slots = new(dialect, settings);

    public static void LockLeases(SqlBatch batch, IEnumerable<Guid> leases)
    {
        var ids = leases.Distinct().Order().ToList();
        if (ids.Count > 0) batch.List($"select id from reeve_concurrency_lease where id = any({ids}) order by id for update", Nothing);
    }

    public static void LockLimits(SqlBatch batch, IEnumerable<Guid> limits)
    {
        var ids = limits.Distinct().Order().ToList();
        if (ids.Count > 0) batch.List($"select id from concurrency_limit_v2 where id = any({ids}) order by id for update", Nothing);
    }

    /// <summary>Locks what leases hold, which the caller has locked before.</summary>
    public static void LockLimitsOf(SqlBatch batch, IReadOnlyList<Guid> leases) => batch.List(
        $"select id from concurrency_limit_v2 where id in (select limit_id from reeve_concurrency_lease_limit where lease_id = any({leases})) order by id for update",
        Nothing);

    /// <summary>A task run holds a slot of a limit until it says otherwise. The limit's count is the caller's to set.</summary>
    public static void InsertHolder(SqlBatch batch, Guid limit, Guid taskRun, DateTimeOffset now)
    {
        var lease = Guid.NewGuid();
        Sql exists = $"exists (select 1 from concurrency_limit_v2 where id = {limit})";
        batch.Execute(
            $"""
            insert into reeve_concurrency_lease (id, slots, holder_type, holder_id, expiration, created)
            select {lease:uuid}, 1, 'task_run', {taskRun:uuid}, {now + WithoutRenewal:timestamptz}, {now:timestamptz} where {exists}
            """);
        batch.Execute($"insert into reeve_concurrency_lease_limit (lease_id, limit_id) select {lease:uuid}, {limit:uuid} where {exists}");
    }

    /// <summary>Whether all limits are there, active and have slots free: a condition that holds until the locks go.</summary>
    public Sql AllFree(IReadOnlyList<Guid> limits, int slots, int givenBack = 0) =>
        $"(select count(*) from concurrency_limit_v2 l where l.id = any({limits}) and {_slots.HasFree(slots, givenBack, now)}) = {limits.Count:int}";

    public DbResult<int> Take(SqlBatch batch, IReadOnlyList<Guid> limits, int slots, Sql condition) =>
        batch.Execute($"update concurrency_limit_v2 as l {_slots.Take(slots, now)} where l.id = any({limits}) and {condition}");

    /// <summary>The lease, unless this batch made it already to have a witness that its slots are free.</summary>
    public DbResult<int> InsertLease(SqlBatch batch, TakeSlots take, Sql condition) => batch.Execute(
        $"""
        insert into reeve_concurrency_lease (id, slots, holder_type, holder_id, expiration, created)
        select {take.LeaseId:uuid}, {take.Slots:int}, {take.Holder?.Type:text}, {take.Holder?.Id:uuid}, {now + take.Ttl:timestamptz}, {now:timestamptz}
        where {condition}
        on conflict (id) do nothing
        """);

    public void InsertLeaseLimits(SqlBatch batch, TakeSlots take, Sql condition)
    {
        if (take.LimitIds.Count == 0) return;
        batch.Execute(
            $"""
            insert into reeve_concurrency_lease_limit (lease_id, limit_id)
            select {take.LeaseId:uuid}, l.id from concurrency_limit_v2 l where l.id = any({take.LimitIds}) and {condition}
            """);
    }

    public DbResult<int> Renew(SqlBatch batch, Guid lease, TimeSpan ttl, Sql condition) =>
        batch.Execute($"update reeve_concurrency_lease set expiration = {now + ttl} where id = {lease} and {condition}");

    /// <summary>Gives a lease's slots back and removes it, if it is still there. The lease must be locked before.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="counted">Whether the limits' average occupancy learns from it.</param>
    /// <param name="condition">When.</param>
    public void Release(SqlBatch batch, Guid lease, bool counted, Sql condition)
    {
        var slots = _slots.GiveBackLease($"from reeve_concurrency_lease h where h.id = {lease}", counted, now);
        batch.Execute(
            $"""
            update concurrency_limit_v2 as l {slots}
            where l.id in (select limit_id from reeve_concurrency_lease_limit where lease_id = {lease}) and {condition}
            """);
        batch.Execute($"delete from reeve_concurrency_lease where id = {lease} and {condition}");
    }

    /// <summary>Gives back slots for which no lease is known. It frees none that a lease holds.</summary>
    public DbResult<int> GiveBack(SqlBatch batch, IReadOnlyList<Guid> limits, int slots, double? heldSeconds, Sql condition) =>
        batch.Execute($"update concurrency_limit_v2 as l {_slots.GiveBack(slots, heldSeconds, now)} where l.id = any({limits}) and {condition}");

    public void RecordDenial(SqlBatch batch, IReadOnlyList<Guid> limits, int slots) =>
        batch.Execute($"update concurrency_limit_v2 as l {_slots.RecordDenial(slots, now)} where l.id = any({limits}) and l.active");

    private static Guid Nothing(DbRow row) => row.GetGuid(0);
}
