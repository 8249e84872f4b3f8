using Reeve.Contract.Concurrency;
using Reeve.Core.Orchestration.Concurrency;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Server.Orchestration;

namespace Reeve.Server.Concurrency;

/// <summary>All SQL on the definitions of limits in <c>concurrency_limit_v2</c>; their slots are <see cref="SlotStore"/>'s.</summary>
internal sealed class ConcurrencyLimitStore(Db db)
{
    public static readonly SqlText Columns = new(ConcurrencyLimitRow.Columns("l"));

    public Task<ConcurrencyLimitV2?> FindAsync(Guid id, CancellationToken cancel) =>
        db.OneAsync($"select {Columns} from concurrency_limit_v2 l where l.id = {id}", static row => ConcurrencyLimitRow.Read(row), cancel);

    public Task<ConcurrencyLimitV2?> FindByNameAsync(string name, CancellationToken cancel) =>
        db.OneAsync($"select {Columns} from concurrency_limit_v2 l where l.name = {name}", static row => ConcurrencyLimitRow.Read(row), cancel);

    public static DbResult<List<ConcurrencyLimitV2>> AddByNames(SqlBatch batch, IReadOnlyList<string> names) => batch.List(
        $"select {Columns} from concurrency_limit_v2 l where l.name = any({names}) order by l.name",
        static row => ConcurrencyLimitRow.Read(row));

    public Task<List<ConcurrencyLimitV2>> ListAsync(int limit, int offset, CancellationToken cancel) =>
        db.ListAsync(
            $"select {Columns} from concurrency_limit_v2 l order by l.name limit {limit} offset {offset}",
            static row => ConcurrencyLimitRow.Read(row), cancel);

    /// <summary>Null: the name is taken.</summary>
    public async Task<ConcurrencyLimitV2?> CreateAsync(ConcurrencyLimitV2Create create, DateTimeOffset now, CancellationToken cancel)
    {
        var limit = new ConcurrencyLimitV2
        {
            Id = Guid.NewGuid(), Created = now, Updated = now, Active = create.Active, Name = create.Name, Limit = create.Limit,
            ActiveSlots = create.ActiveSlots, DeniedSlots = create.DeniedSlots, SlotDecayPerSecond = create.SlotDecayPerSecond,
        };
        var batch = new SqlBatch();
        var inserted = batch.Execute(
            $"""
            insert into concurrency_limit_v2
                (id, created, updated, active, name, "limit", active_slots, denied_slots, slot_decay_per_second, avg_slot_occupancy_seconds)
            values ({limit.Id}, {now}, {now}, {limit.Active}, {limit.Name}, {limit.Limit}, {limit.ActiveSlots}, {limit.DeniedSlots},
                {limit.SlotDecayPerSecond}, {limit.AvgSlotOccupancySeconds})
            on conflict (name) do nothing
            """);
        Outbox.AddIf(batch, ConcurrencyLimitEvents.Created(limit, now), $"exists (select 1 from concurrency_limit_v2 where id = {limit.Id})");
        await db.WriteAsync(batch, cancel);
        return inserted.Value == 1 ? limit : null;
    }

    /// <summary>Changes what was sent of a limit that was just read. Slots are written only if they were sent: others count meanwhile.</summary>
    public async Task<bool> UpdateAsync(ConcurrencyLimitV2 limit, ConcurrencyLimitV2Update update, DateTimeOffset now, CancellationToken cancel)
    {
        Sql set = $"updated = {now}";
        if (update.Active is { HasValue: true, Value: { } active }) set.Add($", active = {active}");
        if (update.Name is { HasValue: true, Value: { } name }) set.Add($", name = {name}");
        if (update.Limit is { HasValue: true, Value: { } slots }) set.Add($", \"limit\" = {slots}");
        if (update.ActiveSlots is { HasValue: true, Value: { } taken }) set.Add($", active_slots = {AtLeastLeased(taken)}");
        if (update.DeniedSlots is { HasValue: true, Value: { } denied }) set.Add($", denied_slots = {denied}");
        if (update.SlotDecayPerSecond is { HasValue: true, Value: { } decay }) set.Add($", slot_decay_per_second = {decay}");
        limit.Active = update.Active.Or(null) ?? limit.Active;
        limit.Name = update.Name.Or(null) ?? limit.Name;
        limit.Limit = update.Limit.Or(null) ?? limit.Limit;
        limit.SlotDecayPerSecond = update.SlotDecayPerSecond.Or(null) ?? limit.SlotDecayPerSecond;
        limit.Updated = now;
        var batch = new SqlBatch();
        SlotStatements.LockLimits(batch, [limit.Id]);
        var changed = batch.Execute($"update concurrency_limit_v2 set {set} where id = {limit.Id}");
        Outbox.AddIf(batch, ConcurrencyLimitEvents.Updated(limit, now), $"exists (select 1 from concurrency_limit_v2 where id = {limit.Id})");
        await db.WriteAsync(batch, cancel);
        return changed.Value == 1;
    }

    /// <summary>Deletes a limit. Leases keep what they hold of other limits.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="revoke">Leases that hold nothing else go too; otherwise their holders may renew them until they end.</param>
    /// <param name="now">The time of writing.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<bool> DeleteAsync(ConcurrencyLimitV2 limit, bool revoke, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        // The order in which a change of a deployment takes them.
        batch.List($"select id from deployment where concurrency_limit_id = {limit.Id} order by id for update", static row => row.GetGuid(0));
        LockHeld(batch, limit.Id);
        Outbox.AddIf(batch, ConcurrencyLimitEvents.Deleted(limit, now), $"exists (select 1 from concurrency_limit_v2 where id = {limit.Id})");
        TakeFromLeases(batch, limit.Id, revoke);
        var deleted = batch.Execute($"delete from concurrency_limit_v2 where id = {limit.Id}");
        await db.WriteAsync(batch, cancel);
        return deleted.Value == 1;
    }

    /// <summary>Locks the leases on a limit, then the limit.</summary>
    public static void LockHeld(SqlBatch batch, Guid limit)
    {
        batch.List(
            $"select id from reeve_concurrency_lease where id in (select lease_id from reeve_concurrency_lease_limit where limit_id = {limit}) order by id for update",
            static row => row.GetGuid(0));
        SlotStatements.LockLimits(batch, [limit]);
    }

    /// <summary>No lease holds slots of this limit any more. Its own count is the caller's to set.</summary>
    public static void TakeFromLeases(SqlBatch batch, Guid limit, bool revoke)
    {
        if (revoke)
        {
            batch.Execute(
                $"""
                delete from reeve_concurrency_lease
                where id in (select lease_id from reeve_concurrency_lease_limit where limit_id = {limit})
                and not exists (select 1 from reeve_concurrency_lease_limit m where m.lease_id = reeve_concurrency_lease.id and m.limit_id <> {limit})
                """);
        }
        batch.Execute($"delete from reeve_concurrency_lease_limit where limit_id = {limit}");
    }

    // Whoever sets the count frees what nobody answers for; a lease answers for its slots and gives them back itself.
    private Sql AtLeastLeased(int slots)
    {
        Sql leased =
            $"""
            (select coalesce(sum(k.slots), 0) from reeve_concurrency_lease_limit m join reeve_concurrency_lease k on k.id = m.lease_id
            where m.limit_id = concurrency_limit_v2.id and concurrency_limit_v2.slot_decay_per_second = 0)
            """;
        return db.IsSqlite ? (Sql)$"max({slots}, {leased})" : (Sql)$"greatest({slots:int}, {leased})";
    }

    /// <summary>A limit as the slot maths takes it.</summary>
    public static SlotLimit ToSlots(ConcurrencyLimitV2 limit) => new()
    {
        Id = limit.Id,
        Name = limit.Name,
        Active = limit.Active,
        Limit = limit.Limit,
        ActiveSlots = limit.ActiveSlots,
        DeniedSlots = limit.DeniedSlots,
        SlotDecayPerSecond = limit.SlotDecayPerSecond,
        AvgSlotOccupancySeconds = limit.AvgSlotOccupancySeconds,
        Updated = limit.Updated!.Value,
    };
}
