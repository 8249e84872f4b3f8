using Reeve.Contract.Concurrency;
using Reeve.Core.Orchestration;
using Reeve.Core.Orchestration.Concurrency;
using Reeve.Data;
using Reeve.Server.Http;
using Reeve.Server.Orchestration;
using Reeve.Settings.Views;

namespace Reeve.Server.Concurrency;

/// <summary>
/// Takes slots of limits and gives them back. What is taken is decided from what was read and written on the condition
/// that it still holds: no lock outlives a batch, and whoever loses a race reads again.
/// </summary>
internal sealed class SlotStore(Db db, ServerSettings settings, TimeProvider clock)
{
    /// <summary>Rounds before giving up. Each round somebody else took a slot.</summary>
    private const int Attempts = 20;

    private readonly OrchestrationSettings _settings = OrchestrationSetup.From(settings);

    /// <summary>Takes slots of every active limit of these names, all or none; names nobody knows limit nothing.</summary>
    /// <param name="names">The limits.</param>
    /// <param name="slots">Slots of each.</param>
    /// <param name="mode">In rate limit mode every limit must have a decay.</param>
    /// <param name="lease">The lease to give; null: the slots are only counted.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The limits of these names, inactive ones too.</returns>
    /// <exception cref="ApiException">422: they could never be had; 423: not now; 503: lost every race.</exception>
    public async Task<List<ConcurrencyLimitV2>> TakeAsync(
        List<string> names, int slots, ConcurrencyLimitMode mode, WantedLease? lease, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var limits = await ReadAsync(names, cancel);
            var active = limits.FindAll(static limit => limit.Active);
            Check(active, slots, mode);
            var now = Now();
            if (!active.TrueForAll(limit => SlotMath.HasFree(ConcurrencyLimitStore.ToSlots(limit), slots, now)))
            {
                throw ApiException.Locked("Locked", await RefuseAsync(active, slots, now, cancel));
            }
            var ids = active.ConvertAll(static limit => limit.Id);
            if (await (lease is null ? CountAsync(ids, slots, now, cancel) : LeaseAsync(ids, slots, lease, now, cancel))) return limits;
        }
        throw ApiException.Unavailable();
    }

    /// <summary>False: there is no such lease. One whose time is over lives on if nobody took its slots back yet.</summary>
    public async Task<bool> RenewAsync(Guid lease, TimeSpan ttl, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var renewed = Statements(Now()).Renew(batch, lease, ttl, $"true");
        await db.WriteAsync(batch, cancel);
        return renewed.Value == 1;
    }

    /// <summary>Gives a lease's slots back; nothing if it is gone.</summary>
    public async Task ReleaseAsync(Guid lease, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        SlotStatements.LockLeases(batch, [lease]);
        SlotStatements.LockLimitsOf(batch, [lease]);
        Statements(Now()).Release(batch, lease, counted: true, $"true");
        await db.WriteAsync(batch, cancel);
    }

    /// <summary>Gives back slots that were only counted; the limits of these names.</summary>
    public async Task<List<ConcurrencyLimitV2>> GiveBackAsync(List<string> names, int slots, double? heldSeconds, CancellationToken cancel)
    {
        var limits = await ReadAsync(names, cancel);
        var active = limits.FindAll(static limit => limit.Active).ConvertAll(static limit => limit.Id);
        if (active.Count == 0) return limits;
        var batch = new SqlBatch();
        SlotStatements.LockLimits(batch, active);
        Statements(Now()).GiveBack(batch, active, slots, heldSeconds, $"l.active");
        await db.WriteAsync(batch, cancel);
        return limits;
    }

    private async Task<List<ConcurrencyLimitV2>> ReadAsync(List<string> names, CancellationToken cancel)
    {
        if (names.Count == 0) return [];
        var batch = new SqlBatch();
        var limits = ConcurrencyLimitStore.AddByNames(batch, names);
        await db.ReadAsync(batch, cancel);
        return limits.Value;
    }

    private async Task<bool> CountAsync(List<Guid> limits, int slots, DateTimeOffset now, CancellationToken cancel)
    {
        if (limits.Count == 0) return true;
        var statements = Statements(now);
        var batch = new SqlBatch();
        SlotStatements.LockLimits(batch, limits);
        var taken = statements.Take(batch, limits, slots, statements.AllFree(limits, slots));
        await db.WriteAsync(batch, cancel);
        return taken.Value == limits.Count;
    }

    private async Task<bool> LeaseAsync(List<Guid> limits, int slots, WantedLease lease, DateTimeOffset now, CancellationToken cancel)
    {
        var take = new TakeSlots(limits, slots, lease.Id, lease.Ttl, lease.Holder);
        var batch = new SqlBatch();
        var writes = new SlotWrites(db.Dialect, _settings, now);
        writes.Add([take]);
        writes.AddLocks(batch);
        var given = Statements(now).InsertLease(batch, take, Sql.Join(" and ", writes.Conditions()));
        writes.AddChanges(batch, $"exists (select 1 from reeve_concurrency_lease where id = {lease.Id})");
        await db.WriteAsync(batch, cancel);
        return given.Value == 1;
    }

    /// <summary>Records the refusal; how many seconds to wait, spread so that those who wait do not return together.</summary>
    private async Task<double> RefuseAsync(List<ConcurrencyLimitV2> active, int slots, DateTimeOffset now, CancellationToken cancel)
    {
        var limits = active.ConvertAll(static limit => limit.Id);
        var batch = new SqlBatch();
        SlotStatements.LockLimits(batch, limits);
        Statements(now).RecordDenial(batch, limits, slots);
        await db.WriteAsync(batch, cancel);
        // What was refused long ago waits no more.
        var waiting = active.ConvertAll(limit => ConcurrencyLimitStore.ToSlots(limit))
            .ConvertAll(limit => limit with { DeniedSlots = SlotMath.DeniedAfterDecay(limit, now, _settings) });
        return SlotRefusal.RetryAfterSeconds(waiting, slots, _settings, Random.Shared.NextDouble());
    }

    private static void Check(List<ConcurrencyLimitV2> active, int slots, ConcurrencyLimitMode mode)
    {
        if (active.Exists(limit => limit.Limit < slots)) throw ApiException.Detail(422, "Slots requested is greater than the limit");
        if (mode != ConcurrencyLimitMode.RateLimit) return;
        var withoutDecay = active.FindAll(static limit => limit.SlotDecayPerSecond == 0).ConvertAll(static limit => limit.Name);
        if (withoutDecay.Count == 0) return;
        throw ApiException.Detail(
            422,
            "Only concurrency limits with slot decay can be used for rate limiting. The following limits do not have a decay configured: "
            + $"'{string.Join(",", withoutDecay)}'");
    }

    private SlotStatements Statements(DateTimeOffset now) => new(db.Dialect, _settings, now);

    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
