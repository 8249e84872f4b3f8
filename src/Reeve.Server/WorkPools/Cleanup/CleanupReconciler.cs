using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Server.WorkPools.Cleanup;

/// <summary>Takes back clean-up orders that a worker did not confirm in time: to be handed out again, or set aside after too many tries.</summary>
internal sealed class CleanupReconciler(WorkerCleanupStore orders, ServerSettings settings, TimeProvider clock) : Service
{
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromHours(1);

    private DateTimeOffset _forgets;

    public override ServiceInfo Info => ServiceCatalogue.CleanupReconciler;

    public override TimeSpan Interval => settings.Services.CleanupReconciler.Loop;

    public override BatchSize? Batch { get; } = new(settings.Services.CleanupReconcilerBatchSize);

    public override async Task<ServiceOutcome> RunOnceAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var size = Batch!.Size;
        var expired = await orders.ExpireAsync(size, now, cancel);
        var done = expired.Redelivered + expired.DeadLettered;
        var forgotten = 0;
        if (now >= _forgets)
        {
            forgotten = await orders.ForgetAsync(size, now, cancel);
            if (forgotten < size) _forgets = now + ForgetInterval;
        }
        return new ServiceOutcome(done + forgotten, expired.NextDue, More: done == size || forgotten == size);
    }
}
