using System.Text.Json;
using Reeve.Data;

namespace Reeve.Server.Automations.Triggers;

/// <summary>
/// The automations that this process evaluates. Whoever uses the set asks the table whether it is still the same, and has what it writes require
/// that the automations concerned are; a change is therefore never missed, whoever made it, and however.
/// </summary>
internal sealed partial class AutomationCache(Db db, TimeProvider clock, ILogger<AutomationCache> log)
{
    /// <summary>A change that touches neither a time of change nor the count is seen after this.</summary>
    private static readonly TimeSpan LongestTrust = TimeSpan.FromMinutes(1);

    private static readonly SqlText Columns = new(AutomationRow.Columns("a"));

    private AutomationSet? _current;

    /// <summary>Asks for what <see cref="CurrentAsync"/> compares.</summary>
    public DbResult<AutomationSnapshot> Ask(SqlBatch batch)
    {
        var times = new SqlText(db.IsSqlite
            ? "sum(strftime('%s', updated)) || ' ' || sum(substr(updated, 21, 6))"
            : "sum(extract(epoch from updated))::text");
        return batch.One($"select count(*), {times} from automation", static row => new AutomationSnapshot(row.GetInt32(0), row.GetStringOrNull(1)))!;
    }

    /// <summary>The set that belongs to a snapshot just read, from memory where it is the same.</summary>
    public async Task<AutomationSet> CurrentAsync(AutomationSnapshot snapshot, CancellationToken cancel)
    {
        var current = Volatile.Read(ref _current);
        if (current is not null && current.Snapshot == snapshot && clock.GetUtcNow() - current.Loaded < LongestTrust) return current;
        return await ReloadAsync(cancel);
    }

    public async Task<AutomationSet> ReloadAsync(CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var snapshot = Ask(batch);
        var rows = batch.List($"select {Columns} from automation a where a.enabled = {true}", Read);
        await db.ReadAsync(batch, cancel);
        var loaded = new AutomationSet(snapshot.Value, clock.GetUtcNow(), rows.Value.OfType<LoadedAutomation>());
        var before = Interlocked.Exchange(ref _current, loaded);
        if (before?.Snapshot != loaded.Snapshot) LogLoaded(log, rows.Value.Count);
        return loaded;
    }

    /// <summary>An automation, or null for one that cannot be read: somebody else's row must not keep the others from being evaluated.</summary>
    private LoadedAutomation? Read(DbRow row)
    {
        try
        {
            return LoadedAutomation.Of(AutomationRow.Read(row));
        }
        catch (Exception error) when (error is JsonException or ArgumentException or NotSupportedException or InvalidOperationException or NullReferenceException)
        {
            LogUnreadable(log, row.GetString(0), error);
            return null;
        }
    }

    [LoggerMessage(3102, LogLevel.Error, "The automation {Name} cannot be read from its row and is left out")]
    private static partial void LogUnreadable(ILogger log, string name, Exception error);

    [LoggerMessage(3101, LogLevel.Debug, "Evaluating {Count} automations")]
    private static partial void LogLoaded(ILogger log, int count);
}
