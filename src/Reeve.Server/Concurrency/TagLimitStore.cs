using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Concurrency;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Server.Http;
using Reeve.Server.Orchestration;

namespace Reeve.Server.Concurrency;

/// <summary>
/// Limits on tags as the old routes show them: limits named <c>tag:…</c> with the task runs that hold their slots, and the
/// rows of the old table that nobody has moved over yet.
/// </summary>
internal sealed class TagLimitStore(Db db, ConcurrencyLimitStore limits)
{
    public const string Prefix = "tag:";

    private const int Attempts = 20;

    private static readonly SqlText LegacyColumns = new("c.id, c.created, c.updated, c.tag, c.concurrency_limit, c.active_slots");

    /// <summary>Makes the limit, or changes the one there is.</summary>
    public async Task<(ConcurrencyLimit Limit, bool Created)> PutAsync(ConcurrencyLimitCreate put, DateTimeOffset now, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await limits.FindByNameAsync(Prefix + put.Tag, cancel) is { } existing)
            {
                var update = new ConcurrencyLimitV2Update { Limit = put.ConcurrencyLimit };
                if (await limits.UpdateAsync(existing, update, now, cancel)) return (await WithHoldersAsync(existing, now, cancel), false);
            }
            else if (await limits.CreateAsync(new() { Name = Prefix + put.Tag, Limit = put.ConcurrencyLimit }, now, cancel) is { } created)
            {
                return (Shown(created, []), true);
            }
        }
        throw ApiException.Unavailable();
    }

    public async Task<ConcurrencyLimit?> FindAsync(Guid id, DateTimeOffset now, CancellationToken cancel) =>
        await limits.FindAsync(id, cancel) is { } limit && limit.Name.StartsWith(Prefix, StringComparison.Ordinal)
            ? await WithHoldersAsync(limit, now, cancel)
            : await LegacyAsync($"c.id = {id}", cancel);

    public async Task<ConcurrencyLimit?> FindByTagAsync(string tag, DateTimeOffset now, CancellationToken cancel) =>
        await limits.FindByNameAsync(Prefix + tag, cancel) is { } limit
            ? await WithHoldersAsync(limit, now, cancel)
            : await LegacyAsync($"c.tag = {tag}", cancel);

    /// <summary>A page of the limits on tags, then of the old rows whose tag has no such limit.</summary>
    public async Task<List<ConcurrencyLimit>> ListAsync(int limit, int offset, DateTimeOffset now, CancellationToken cancel)
    {
        var through = (long)offset + limit;
        var batch = new SqlBatch();
        Sql page = $"select p.id from concurrency_limit_v2 p where substr(p.name, 1, 4) = 'tag:' order by p.name limit {through}";
        var found = batch.List(
            $"select {ConcurrencyLimitStore.Columns} from concurrency_limit_v2 l where l.id in ({page}) order by l.name",
            static row => ConcurrencyLimitRow.Read(row));
        var holders = AddHolders(batch, $"m.limit_id in ({page})", now);
        var legacy = batch.List(
            $"""
            select {LegacyColumns} from concurrency_limit c
            where not exists (select 1 from concurrency_limit_v2 l where l.name = 'tag:' || c.tag) order by c.tag limit {through}
            """,
            ReadLegacy);
        await db.ReadAsync(batch, cancel);
        var all = found.Value.ConvertAll(each => Shown(each, holders.Value)).Concat(legacy.Value);
        return [.. all.Skip(offset).Take(limit)];
    }

    /// <summary>Takes all slots from their holders and gives them to <paramref name="holders"/>; false if there is no such limit.</summary>
    public async Task<bool> ResetAsync(string tag, List<Guid> holders, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var done = await limits.FindByNameAsync(Prefix + tag, cancel) is { } limit
            ? Reset(batch, limit.Id, holders, now)
            : batch.Execute($"update concurrency_limit set active_slots = {JsonText.Of(holders)}, updated = {now} where tag = {tag}");
        await db.WriteAsync(batch, cancel);
        return done.Value == 1;
    }

    public async Task<bool> DeleteAsync(Guid id, DateTimeOffset now, CancellationToken cancel) =>
        await limits.FindAsync(id, cancel) is { } limit
            ? await limits.DeleteAsync(limit, revoke: true, now, cancel)
            : await DeleteLegacyAsync($"c.id = {id}", now, cancel);

    public async Task<bool> DeleteByTagAsync(string tag, DateTimeOffset now, CancellationToken cancel) =>
        await limits.FindByNameAsync(Prefix + tag, cancel) is { } limit
            ? await limits.DeleteAsync(limit, revoke: true, now, cancel)
            : await DeleteLegacyAsync($"c.tag = {tag}", now, cancel);

    private static DbResult<int> Reset(SqlBatch batch, Guid limit, List<Guid> holders, DateTimeOffset now)
    {
        ConcurrencyLimitStore.LockHeld(batch, limit);
        ConcurrencyLimitStore.TakeFromLeases(batch, limit, revoke: true);
        var done = batch.Execute(
            $"update concurrency_limit_v2 set active_slots = {holders.Count}, denied_slots = 0, updated = {now} where id = {limit}");
        foreach (var holder in holders) SlotStatements.InsertHolder(batch, limit, holder, now);
        return done;
    }

    private async Task<bool> DeleteLegacyAsync(Sql which, DateTimeOffset now, CancellationToken cancel)
    {
        if (await LegacyAsync(which, cancel) is not { } limit) return false;
        var batch = new SqlBatch();
        batch.One($"select id from concurrency_limit where id = {limit.Id} for update", static row => row.GetGuid(0));
        Outbox.AddIf(batch, ConcurrencyLimitEvents.Deleted(limit, now), $"exists (select 1 from concurrency_limit where id = {limit.Id})");
        var deleted = batch.Execute($"delete from concurrency_limit where id = {limit.Id}");
        await db.WriteAsync(batch, cancel);
        return deleted.Value == 1;
    }

    private Task<ConcurrencyLimit?> LegacyAsync(Sql which, CancellationToken cancel) =>
        db.OneAsync($"select {LegacyColumns} from concurrency_limit c where {which}", ReadLegacy, cancel);

    private async Task<ConcurrencyLimit> WithHoldersAsync(ConcurrencyLimitV2 limit, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var holders = AddHolders(batch, $"m.limit_id = {limit.Id}", now);
        await db.ReadAsync(batch, cancel);
        return Shown(limit, holders.Value);
    }

    private static DbResult<List<(Guid Limit, Guid Holder)>> AddHolders(SqlBatch batch, Sql which, DateTimeOffset now) => batch.List(
        $"""
        select m.limit_id, h.holder_id from reeve_concurrency_lease_limit m join reeve_concurrency_lease h on h.id = m.lease_id
        where {which} and h.holder_type = 'task_run' and h.expiration > {now} order by h.created, h.id
        """,
        static row => (row.GetGuid(0), row.GetGuid(1)));

    private static ConcurrencyLimit Shown(ConcurrencyLimitV2 limit, List<(Guid Limit, Guid Holder)> holders) => new()
    {
        Id = limit.Id,
        Created = limit.Created,
        Updated = limit.Updated,
        Tag = limit.Name[Prefix.Length..],
        ConcurrencyLimitValue = limit.Limit,
        ActiveSlots = [.. holders.Where(each => each.Limit == limit.Id).Select(static each => each.Holder)],
    };

    private static ConcurrencyLimit ReadLegacy(DbRow row) => new()
    {
        Id = row.GetGuid(0),
        Created = row.GetInstant(1),
        Updated = row.GetInstant(2),
        Tag = row.GetString(3),
        ConcurrencyLimitValue = row.GetInt32(4),
        ActiveSlots = JsonSerializer.Deserialize(row.GetJson(5).Utf8.Span, ReeveJson.TypeInfo<List<Guid>>()) ?? [],
    };
}
