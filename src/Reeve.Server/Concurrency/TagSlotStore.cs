using Reeve.Contract.Concurrency;
using Reeve.Core.Orchestration;
using Reeve.Core.Orchestration.Concurrency;
using Reeve.Data;
using Reeve.Server.Http;
using Reeve.Server.Orchestration;
using Reeve.Settings.Views;

namespace Reeve.Server.Concurrency;

/// <summary>Takes slots of limits on tags for a task run and gives them back, with the same statements as a transition.</summary>
internal sealed class TagSlotStore(Db db, ServerSettings settings, TimeProvider clock)
{
    private const int Attempts = 20;

    private readonly OrchestrationSettings _settings = OrchestrationSetup.From(settings);

    /// <summary>Takes a slot of the limit of every tag, all or none; tags without a limit limit nothing.</summary>
    /// <exception cref="ApiException">423: one has none free, or allows none at all; 503: lost every race.</exception>
    public async Task<List<MinimalConcurrencyLimitResponse>> TakeAsync(List<string> tags, Guid taskRun, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var found = await ReadAsync(tags, taskRun, cancel);
            var asked = tags.Distinct(StringComparer.Ordinal).ToList();
            RefuseZero(asked, found);
            var taken = new List<MinimalConcurrencyLimitResponse>();
            var writes = new SlotWrites(db.Dialect, _settings, clock.GetUtcNow());
            var take = new TakeSlots(Limits(asked, found, taken), 1, Guid.NewGuid(), SlotStatements.WithoutRenewal, LeaseHolder.TaskRun(taskRun));
            writes.Add([take]);
            writes.Add(Holders(asked, found, taskRun, taken));
            if (taken.Count == 0 || await WriteAsync(writes, take, cancel)) return taken;
        }
        throw ApiException.Unavailable();
    }

    /// <summary>Gives back what the task run holds of these tags; the limits of these tags.</summary>
    public async Task<List<MinimalConcurrencyLimitResponse>> GiveBackAsync(List<string> tags, Guid taskRun, CancellationToken cancel)
    {
        var found = await ReadAsync(tags, taskRun, cancel);
        var given = found.Limits.ConvertAll(static limit => Named(limit, limit.Name));
        var writes = new SlotWrites(db.Dialect, _settings, clock.GetUtcNow());
        writes.Add(found.Held.Select(static lease => new ReleaseLease(lease.Id, lease.LimitIds, lease.Slots)));
        foreach (var limit in found.Legacy.Where(limit => found.Find(limit.Tag) is null && limit.Holders.Contains(taskRun)))
        {
            writes.Add([new RemoveTagHolder(limit.Id, taskRun)]);
            given.Add(Named(limit));
        }
        if (writes.IsEmpty) return given;
        var batch = new SqlBatch();
        writes.AddLocks(batch);
        writes.AddChanges(batch, $"true");
        await db.WriteAsync(batch, cancel);
        return given;
    }

    private async Task<bool> WriteAsync(SlotWrites writes, TakeSlots take, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        writes.AddLocks(batch);
        var given = new SlotStatements(db.Dialect, _settings, clock.GetUtcNow()).InsertLease(batch, take, Sql.Join(" and ", writes.Conditions()));
        writes.AddChanges(batch, $"exists (select 1 from reeve_concurrency_lease where id = {take.LeaseId})");
        // A lease that was but the witness for rows of the old table.
        if (take.LimitIds.Count == 0) batch.Execute($"delete from reeve_concurrency_lease where id = {take.LeaseId}");
        await db.WriteAsync(batch, cancel);
        return given.Value == 1;
    }

    private async Task<TagSlots> ReadAsync(List<string> tags, Guid taskRun, CancellationToken cancel)
    {
        if (tags.Count == 0) return TagSlots.None;
        var names = tags.ConvertAll(static tag => TagLimitStore.Prefix + tag);
        var batch = new SqlBatch();
        var limits = ConcurrencyLimitStore.AddByNames(batch, names);
        var held = batch.List(
            $"""
            select h.id, h.slots, h.holder_id, m.limit_id
            from reeve_concurrency_lease h join reeve_concurrency_lease_limit m on m.lease_id = h.id
            where h.holder_id = {taskRun} and exists (
                select 1 from reeve_concurrency_lease_limit n join concurrency_limit_v2 l on l.id = n.limit_id
                where n.lease_id = h.id and l.name = any({names}))
            order by h.id
            """,
            static row => (row.GetGuid(0), row.GetInt32(1), row.GetGuid(2), row.GetGuid(3)));
        var legacy = TaskRunLoader.AddLegacyLimitsOf(batch, $"= any({tags})");
        await db.ReadAsync(batch, cancel);
        return new TagSlots(limits.Value, TaskRunLoader.Held(held.Value, taskRun), legacy.Value);
    }

    private List<Guid> Limits(List<string> tags, TagSlots found, List<MinimalConcurrencyLimitResponse> taken)
    {
        var now = clock.GetUtcNow();
        var limits = new List<Guid>();
        foreach (var tag in tags)
        {
            if (found.Find(tag) is not { Active: true } limit) continue;
            if (!SlotMath.HasFree(ConcurrencyLimitStore.ToSlots(limit), 1, now)) throw Full(tag);
            limits.Add(limit.Id);
            taken.Add(Named(limit, tag));
        }
        return limits;
    }

    private List<SlotWrite> Holders(List<string> tags, TagSlots found, Guid taskRun, List<MinimalConcurrencyLimitResponse> taken)
    {
        var writes = new List<SlotWrite>();
        foreach (var tag in tags)
        {
            if (found.Find(tag) is { Active: true } || found.FindLegacy(tag) is not { } limit) continue;
            if (limit.Holders.Count >= limit.Limit && !limit.Holders.Contains(taskRun)) throw Full(tag);
            writes.Add(new AddTagHolder(limit.Id, taskRun));
            taken.Add(Named(limit));
        }
        return writes;
    }

    private static void RefuseZero(List<string> tags, TagSlots found)
    {
        foreach (var tag in tags)
        {
            if ((found.Find(tag) is { Active: true } limit ? limit.Limit : found.FindLegacy(tag)?.Limit) == 0)
            {
                throw ApiException.Detail(423, $"The concurrency limit on tag \"{tag}\" is 0 and will deadlock if the task tries to run again.");
            }
        }
    }

    private ApiException Full(string tag) =>
        ApiException.Locked($"Concurrency limit for the {tag} tag has been reached", _settings.TagSlotWait.TotalSeconds);

    private static MinimalConcurrencyLimitResponse Named(ConcurrencyLimitV2 limit, string name) =>
        new() { Id = limit.Id, Name = name, Limit = limit.Limit };

    private static MinimalConcurrencyLimitResponse Named(LegacyTagLimit limit) =>
        new() { Id = limit.Id, Name = limit.Tag, Limit = limit.Limit };
}
