using Reeve.Data;
using Reeve.Server.Hosting;
using Reeve.Settings.Views;

namespace Reeve.Server.Retention;

/// <summary>Retention by hand: what would go, and letting it go now, beside whatever servers run.</summary>
public sealed class RetentionTools : IAsyncDisposable
{
    private readonly Db _db;
    private readonly ServerSettings _settings;
    private readonly TimeProvider _clock;

    private RetentionTools(Db db, ServerSettings settings, TimeProvider clock)
    {
        _db = db;
        _settings = settings;
        _clock = clock;
    }

    public static RetentionTools Open(ServerSettings settings, TimeProvider clock) =>
        new(Database.Open(settings.Database, "reeve retention", clock), settings, clock);

    /// <summary>Counts what would go. Changes nothing.</summary>
    /// <param name="events">Old events.</param>
    /// <param name="flowRuns">Old flow runs with what hangs on them, and what has lost its flow run.</param>
    /// <param name="counted">Told of each kind as it is known.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task PlanAsync(bool events, bool flowRuns, Action<RetentionLine> counted, CancellationToken cancel)
    {
        var counts = new RetentionCounts(_db);
        var now = _clock.GetUtcNow();
        if (events) await PlanEventsAsync(counts, now, counted, cancel);
        if (flowRuns) await PlanFlowRunsAsync(counts, now - _settings.Services.Vacuum.RetentionPeriod, counted, cancel);
    }

    /// <summary>Deletes what is old, in small transactions, until nothing is left to delete.</summary>
    /// <param name="events">Old events.</param>
    /// <param name="flowRuns">Old flow runs with what hangs on them, and what has lost its flow run.</param>
    /// <param name="progress">Told after each share of the work how many rows went so far.</param>
    /// <param name="cancel">Ends it between two transactions.</param>
    /// <returns>The rows deleted, by kind.</returns>
    public async Task<IReadOnlyList<RetentionLine>> RunAsync(bool events, bool flowRuns, Action<long> progress, CancellationToken cancel)
    {
        var done = new List<RetentionLine>();
        var now = _clock.GetUtcNow();
        if (events) done.Add(new RetentionLine("events", await DrainAsync(new EventVacuum(_db, _settings, _clock)), 0, now - _settings.Events.RetentionPeriod));
        if (flowRuns)
        {
            var before = now - _settings.Services.Vacuum.RetentionPeriod;
            done.Add(new RetentionLine("flow runs and what hung on them", await DrainAsync(new FlowRunVacuum(_db, _settings, _clock)), 0, before));
        }
        return done;

        async Task<long> DrainAsync(Services.Service service)
        {
            var rows = 0L;
            while (true)
            {
                var pass = await service.RunOnceAsync(cancel);
                rows += pass.Items;
                progress(rows);
                if (!pass.More) return rows;
            }
        }
    }

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    private async Task PlanEventsAsync(RetentionCounts counts, DateTimeOffset now, Action<RetentionLine> counted, CancellationToken cancel)
    {
        var retention = _settings.Events.RetentionPeriod;
        foreach (var (name, shorter) in _settings.Services.Vacuum.EventRetentionOverrides)
        {
            if (shorter >= retention) continue;
            var earlier = now - shorter;
            Report($"events {name}", await counts.AgedAsync("events", "occurred", $"t.event = {name} and t.occurred < {earlier} and t.occurred >= {now - retention}", cancel), earlier);
        }
        var before = now - retention;
        Report("events", await counts.AgedAsync("events", "occurred", $"t.occurred < {before}", cancel), before);
        Report("event resources", await counts.AgedAsync("event_resources", "occurred", $"t.occurred < {before}", cancel), before);

        void Report(string kind, (long Rows, long Bytes) found, DateTimeOffset cutoff) => counted(new RetentionLine(kind, found.Rows, found.Bytes, cutoff));
    }

    private async Task PlanFlowRunsAsync(RetentionCounts counts, DateTimeOffset before, Action<RetentionLine> counted, CancellationToken cancel)
    {
        var runs = await counts.AgedAsync("flow_run", "end_time", FlowRunVacuum.Old("t", before), cancel);
        counted(new RetentionLine("flow runs", runs.Rows, runs.Bytes, before));
        foreach (var (kind, table) in ((string, string)[])[("task runs", "task_run"), ("logs", "log"), ("artifacts", "artifact")])
        {
            Sql ofOld = $"t.flow_run_id in (select fr.id from flow_run fr where {FlowRunVacuum.Old("fr", before)})";
            var (rows, bytes) = await counts.SumAsync(table, ofOld, cancel);
            counted(new RetentionLine($"{kind} of old flow runs", rows, bytes, before));
        }
        var logs = await counts.OrphansAsync("log", cancel);
        counted(new RetentionLine("logs without a flow run", logs.Rows, logs.Bytes, null));
        var artifacts = await counts.OrphansAsync("artifact", cancel);
        counted(new RetentionLine("artifacts without a flow run", artifacts.Rows, artifacts.Bytes, null));
    }
}
