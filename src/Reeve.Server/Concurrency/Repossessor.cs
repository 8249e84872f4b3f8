using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Orchestration;
using Reeve.Server.Processes;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Server.Concurrency;

/// <summary>
/// Gives back the slots of leases that nobody renewed: their holders are gone. Sleeps until the next lease ends. By a clock that
/// runs ahead of others, it waits that much longer: no holder loses a slot before the lease it was given is over.
/// </summary>
internal sealed class Repossessor(Db db, ServerSettings settings, TimeProvider clock) : Service
{
    private const int Most = 100;

    private readonly OrchestrationSettings _settings = OrchestrationSetup.From(settings);

    public override ServiceInfo Info => ServiceCatalogue.Repossessor;

    public override TimeSpan Interval => settings.Services.Repossessor.Loop;

    public override async Task<ServiceOutcome> RunOnceAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var next = await db.OneAsync(
            $"select expiration, {ProcessStore.ClockLead(db.Dialect, now)} from reeve_concurrency_lease order by expiration limit 1",
            static row => (Expiration: row.GetInstant(0), Lead: TimeSpan.FromSeconds(row.GetDouble(1))),
            cancel);
        if (next == default) return new ServiceOutcome(0);
        var over = now - next.Lead;
        if (next.Expiration >= over) return new ServiceOutcome(0, next.Expiration + next.Lead);
        var given = await Db.DecideAsync(() => GiveBackAsync(now, over, cancel));
        return new ServiceOutcome(given, More: given > 0);
    }

    private async Task<int> GiveBackAsync(DateTimeOffset now, DateTimeOffset over, CancellationToken cancel)
    {
        var leases = await db.ListAsync(
            $"select id from reeve_concurrency_lease where expiration < {over} order by expiration limit {Most}", static row => row.GetGuid(0), cancel);
        if (leases.Count == 0) return 0;
        var batch = new SqlBatch();
        // Unless a holder has renewed one, or another process has given it back.
        batch.Require(
            $"""
            (select count(*) from (
                select id from reeve_concurrency_lease where id = any({leases}) and expiration < {over} order by id for update) held) = {leases.Count}
            """);
        SlotStatements.LockLimitsOf(batch, leases);
        var statements = new SlotStatements(db.Dialect, _settings, now);
        foreach (var lease in leases) statements.Release(batch, lease, counted: true, $"true");
        await db.WriteAsync(batch, cancel);
        return leases.Count;
    }
}
