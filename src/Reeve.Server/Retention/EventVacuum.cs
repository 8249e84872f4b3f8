using Reeve.Data;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Server.Retention;

/// <summary>Deletes events and their resources past their retention, some kinds of event earlier than others.</summary>
internal sealed class EventVacuum(Db db, ServerSettings settings, TimeProvider clock) : Service
{
    /// <summary>Transactions of one pass for each kind of row.</summary>
    private const int Budget = 50;

    public override ServiceInfo Info => ServiceCatalogue.EventVacuum;

    public override TimeSpan Interval => settings.Services.Vacuum.Loop;

    public override BatchSize? Batch { get; } = new(settings.Services.Vacuum.BatchSize);

    public override async Task<ServiceOutcome> RunOnceAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var retention = settings.Events.RetentionPeriod;
        var finished = true;
        var deleted = 0;
        foreach (var (name, shorter) in settings.Services.Vacuum.EventRetentionOverrides)
        {
            var before = now - (shorter < retention ? shorter : retention);
            var (gone, all) = await DeleteNamedAsync(name, before, cancel);
            deleted += gone;
            finished &= all;
        }
        foreach (var table in (SqlText[])[new("event_resources"), new("events")])
        {
            var (gone, all) = await DeleteOldAsync(table, now - retention, cancel);
            deleted += gone;
            finished &= all;
        }
        return new ServiceOutcome(deleted, More: !finished);
    }

    private async Task<(int Deleted, bool Finished)> DeleteNamedAsync(string name, DateTimeOffset before, CancellationToken cancel)
    {
        var size = Batch!.Size;
        var deleted = 0;
        for (var i = 0; i < Budget; i++)
        {
            var ids = await db.ListAsync(
                $"select e.id from events e where e.event = {name} and e.occurred < {before} order by e.occurred limit {size}",
                static row => row.GetGuid(0), cancel);
            if (ids.Count == 0) return (deleted, true);
            var batch = new SqlBatch();
            batch.Execute($"delete from event_resources where event_id = any({ids})");
            var gone = batch.Execute($"delete from events where id = any({ids})");
            await db.WriteAsync(batch, cancel);
            deleted += gone.Value;
            if (ids.Count < size) return (deleted, true);
        }
        return (deleted, false);
    }

    private async Task<(int Deleted, bool Finished)> DeleteOldAsync(SqlText table, DateTimeOffset before, CancellationToken cancel)
    {
        var size = Batch!.Size;
        var deleted = 0;
        for (var i = 0; i < Budget; i++)
        {
            var gone = await db.ExecuteAsync(
                $"""
                delete from {table} where id in (
                    select t.id from {table} t where t.occurred < {before} order by t.occurred limit {size} for update skip locked)
                """, cancel);
            deleted += gone;
            if (gone < size) return (deleted, true);
        }
        return (deleted, false);
    }
}
