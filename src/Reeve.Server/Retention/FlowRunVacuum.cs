using Reeve.Data;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Server.Retention;

/// <summary>Deletes finished flow runs past their retention, and the logs, artifacts and collections that lost theirs.</summary>
internal sealed class FlowRunVacuum(Db db, ServerSettings settings, TimeProvider clock) : Service
{
    /// <summary>Transactions of one pass; what is left over follows at once in the next, so others get a turn in between.</summary>
    private const int Budget = 50;

    /// <summary>Rows of the tables that hang on runs that go in one transaction.</summary>
    private const int RowsAtOnce = 2000;

    private static readonly SqlText[] Dependents = [new("log"), new("artifact"), new("task_run")];

    private readonly OrphanSweep _logs = new(db, "log");
    private readonly OrphanSweep _artifacts = new(db, "artifact");

    public override ServiceInfo Info => ServiceCatalogue.FlowRunVacuum;

    public override TimeSpan Interval => settings.Services.Vacuum.Loop;

    public override BatchSize? Batch { get; } = new(settings.Services.Vacuum.BatchSize);

    public override async Task<ServiceOutcome> RunOnceAsync(CancellationToken cancel)
    {
        var (runs, runsDone) = await DeleteOldRunsAsync(cancel);
        var (logs, logsDone) = await _logs.RunAsync(Budget, cancel);
        var (artifacts, artifactsDone) = await _artifacts.RunAsync(Budget, cancel);
        var collections = await RepointCollectionsAsync(cancel);
        return new ServiceOutcome(runs + logs + artifacts + collections, More: !(runsDone && logsDone && artifactsDone));
    }

    /// <summary>The condition on a flow run that it is finished, no subflow, and old.</summary>
    public static Sql Old(string run, DateTimeOffset before)
    {
        var name = new SqlText(run);
        return $"{name}.end_time < {before} and {name}.parent_task_run_id is null and {name}.state_type in ('COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED')";
    }

    // What hangs on a run goes first, in shares: a run may have a hundred thousand task runs and a million log lines.
    private async Task<(int Deleted, bool Finished)> DeleteOldRunsAsync(CancellationToken cancel)
    {
        var size = Batch!.Size;
        var before = clock.GetUtcNow() - settings.Services.Vacuum.RetentionPeriod;
        var deleted = 0;
        var after = DateTimeOffset.MinValue;
        for (var i = 0; i < Budget; i++)
        {
            var page = await db.ListAsync(
                $"select r.id, r.end_time from flow_run r where {Old("r", before)} and r.end_time >= {after} order by r.end_time, r.id limit {size}",
                static row => (Id: row.GetGuid(0), Ended: row.GetInstant(1)), cancel);
            if (page.Count == 0) return (deleted, true);
            var ids = page.ConvertAll(static run => run.Id);
            foreach (var table in Dependents) deleted += await DeleteOfAsync(table, ids, before, cancel);
            // The condition again: a run may have been restarted meanwhile.
            var gone = await db.ExecuteAsync(
                $"delete from flow_run where id in (select r.id from flow_run r where r.id = any({ids}) and {Old("r", before)} for update skip locked)", cancel);
            deleted += gone;
            if (page.Count < size) return (deleted, true);
            // Another replica is at these runs: leave them to it.
            if (gone == 0) after = page[^1].Ended.AddTicks(TimeSpan.TicksPerMicrosecond);
        }
        return (deleted, false);
    }

    private async Task<int> DeleteOfAsync(SqlText table, IReadOnlyCollection<Guid> runs, DateTimeOffset before, CancellationToken cancel)
    {
        var deleted = 0;
        while (true)
        {
            var gone = await db.ExecuteAsync(
                $"""
                delete from {table} where id in (
                    select t.id from {table} t
                    where t.flow_run_id = any({runs}) and exists (select 1 from flow_run r where r.id = t.flow_run_id and {Old("r", before)})
                    limit {RowsAtOnce} for update of t skip locked)
                """,
                cancel);
            deleted += gone;
            if (gone < RowsAtOnce) return deleted;
        }
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
        // Who has just stored an artifact of the key is waited for here, so that what follows sees it.
        batch.List($"select id from artifact_collection where id = any({stale}) order by id for update", static row => row.GetGuid(0));
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
