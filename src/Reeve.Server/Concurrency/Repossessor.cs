using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Orchestration;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Server.Concurrency;

/// <summary>
/// Gives back the slots of leases that nobody renewed: their holders are gone. Sleeps until the next lease ends; leases
/// that another process works on are left to it.
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
            $"select expiration from reeve_concurrency_lease order by expiration limit 1", static row => row.GetInstantOrNull(0), cancel);
        if (next is null || next >= now) return new ServiceOutcome(0, next);
        var given = await db.TransactionAsync(transaction => GiveBackAsync(transaction, now), cancel);
        return new ServiceOutcome(given, More: given > 0);
    }

    private async Task<int> GiveBackAsync(SqlTransaction transaction, DateTimeOffset now)
    {
        var leases = await transaction.ListAsync(
            $"select id from reeve_concurrency_lease where expiration < {now} order by expiration limit {Most} for update skip locked",
            static row => row.GetGuid(0));
        if (leases.Count == 0) return 0;
        var batch = new SqlBatch();
        SlotStatements.LockLimitsOf(batch, leases);
        var statements = new SlotStatements(db.Dialect, _settings, now);
        foreach (var lease in leases) statements.Release(batch, lease, counted: true, $"true");
        await transaction.RunAsync(batch);
        return leases.Count;
    }
}
