using Reeve.Data;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Server.Retention;

/// <summary>Deletes finished flow runs past their retention, and the logs, artifacts and collections that lost theirs.</summary>
internal sealed class FlowRunVacuum(Db db, ServerSettings settings, TimeProvider clock) : Service
{
    /// <summary>Transactions of one pass; what is left over follows at once in the next, so others get a turn in between.</summary>
    private const int Budget = 50;

    private readonly OrphanSweep _logs = new(db, "log");
    private readonly OrphanSweep _artifacts = new(db, "artifact");

    public override ServiceInfo Info => ServiceCatalogue.FlowRunVacuum;

    public override TimeSpan Interval => settings.Services.Vacuum.Loop;

    public override async Task<ServiceOutcome> RunOnceAsync(CancellationToken cancel)
    {
        var (runs, runsDone) = await DeleteOldRunsAsync(cancel);
        var (logs, logsDone) = await _logs.RunAsync(Budget, cancel);
        var (artifacts, artifactsDone) = await _artifacts.RunAsync(Budget, cancel);
        var collections = await RepointCollectionsAsync(cancel);
        return new ServiceOutcome(runs + logs + artifacts + collections, More: !(runsDone && logsDone && artifactsDone));
    }

    private async Task<(int Deleted, bool Finished)> DeleteOldRunsAsync(CancellationToken cancel)
    {
        var size = settings.Services.Vacuum.BatchSize;
        var before = clock.GetUtcNow() - settings.Services.Vacuum.RetentionPeriod;
        var deleted = 0;
        for (var i = 0; i < Budget; i++)
        {
            var now = await db.ExecuteAsync(
                $"""
                delete from flow_run where id in (
                    select fr.id from flow_run fr
                    where fr.end_time < {before} and fr.parent_task_run_id is null
                    and fr.state_type in ('COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED')
                    order by fr.end_time limit {size} for update skip locked)
                """, cancel);
            deleted += now;
            if (now < size) return (deleted, true);
        }
        return (deleted, false);
    }

    /// <summary>Points a collection whose latest artifact is gone to the newest that is left, or deletes it.</summary>
    private async Task<int> RepointCollectionsAsync(CancellationToken cancel)
    {
        var stale = await db.ListAsync(
            $"""
            select c.id from artifact_collection c
            where not exists (select 1 from artifact a where a.id = c.latest_id) limit {settings.Services.Vacuum.BatchSize}
            """, static row => row.GetGuid(0), cancel);
        if (stale.Count == 0) return 0;
        var batch = new SqlBatch();
        batch.Execute(
            $"""
            update artifact_collection set latest_id = a.id, data = a.data, description = a.description, type = a.type,
                created = a.created, updated = a.updated, flow_run_id = a.flow_run_id, task_run_id = a.task_run_id, metadata_ = a.metadata_
            from artifact a
            where artifact_collection.id = any({stale}) and a.id = (
                select x.id from artifact x where x.key = artifact_collection.key order by x.created desc, x.id desc limit 1)
            """);
        batch.Execute(
            $"""
            delete from artifact_collection where id = any({stale})
            and not exists (select 1 from artifact a where a.key = artifact_collection.key)
            """);
        await db.WriteAsync(batch, cancel);
        return stale.Count;
    }
}
