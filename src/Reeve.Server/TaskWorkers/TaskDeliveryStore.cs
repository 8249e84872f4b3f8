using Reeve.Data;
using Reeve.Server.Processes;

namespace Reeve.Server.TaskWorkers;

/// <summary>
/// Hands background task runs to task workers. What waits is what <c>task_run</c> says, so nothing is queued and nothing
/// can get lost; <c>reeve_task_delivery</c> holds who has been handed which run, for as long as the worker is connected
/// and a little longer. All servers share both. A lease is over when it is by the slowest clock of all processes: none ends early because
/// a server whose clock is ahead looks at it.
/// </summary>
internal sealed class TaskDeliveryStore(Db db)
{
    /// <summary>How long a run is its worker's without a sign of life of the server the worker is connected to.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>Races for a run that a claim may lose.</summary>
    private const int MostAttempts = 5;

    /// <summary>The end of a lease that is over by any clock.</summary>
    private static readonly DateTimeOffset Over = DateTimeOffset.UnixEpoch;

    /// <summary>After this long nobody asks any more who had a run.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    /// <summary>The run that has waited longest, those that were handed out before and retries first; null when none waits.</summary>
    public async Task<Guid?> ClaimAsync(IReadOnlyCollection<string> keys, Guid connection, string client, DateTimeOffset now, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await TryClaimAsync(keys, connection, client, now, cancel) is { } run) return run;
            // Another server may have handed out the same run at the same moment; then there may be others.
            if (attempt == MostAttempts || db.IsSqlite || !await WaitsAsync(keys, now, cancel)) return null;
        }
    }

    private Task<bool> WaitsAsync(IReadOnlyCollection<string> keys, DateTimeOffset now, CancellationToken cancel) => db.OneAsync(
        $"select exists (select 1 from {Waiting(keys, now)})", static row => row.GetBoolean(0), cancel);

    /// <summary>The runs for some keys that nobody has.</summary>
    private Sql Waiting(IReadOnlyCollection<string> keys, DateTimeOffset now)
    {
        var deferred = new SqlText(db.IsSqlite ? "json_extract(s.state_details, '$.deferred')" : "(s.state_details ->> 'deferred')::boolean");
        return
            $"""
            task_run r join task_run_state s on s.id = r.state_id left join reeve_task_delivery d on d.task_run_id = r.id
            where r.flow_run_id is null and r.state_type = 'SCHEDULED' and r.task_key = any({keys}) and {deferred}
                and (d.task_run_id is null or d.state_id <> r.state_id or d.leased_until <= {ProcessStore.SlowestNow(db.Dialect, now)})
            """;
    }

    private async Task<Guid?> TryClaimAsync(IReadOnlyCollection<string> keys, Guid connection, string client, DateTimeOffset now, CancellationToken cancel)
    {
        var over = ProcessStore.SlowestNow(db.Dialect, now);
        var claimed = await db.ExecuteReturningAsync(
            $"""
            insert into reeve_task_delivery (task_run_id, state_id, connection_id, client_id, acknowledged, leased_until)
            select r.id, r.state_id, {connection:uuid}, {client:text}, {false:boolean}, {now + Lease:timestamptz}
            from {Waiting(keys, now)}
            order by (d.task_run_id is null and r.state_name <> 'AwaitingRetry'), r.state_timestamp, r.id
            limit 1 for update of r skip locked
            on conflict (task_run_id) do update set state_id = excluded.state_id, connection_id = excluded.connection_id,
                client_id = excluded.client_id, acknowledged = excluded.acknowledged, leased_until = excluded.leased_until
            where reeve_task_delivery.state_id <> excluded.state_id or reeve_task_delivery.leased_until <= {over}
            returning task_run_id
            """,
            static row => (Guid?)row.GetGuid(0), cancel);
        return claimed.FirstOrDefault();
    }

    public Task AcknowledgeAsync(Guid run, Guid connection, CancellationToken cancel) => db.ExecuteAsync(
        $"update reeve_task_delivery set acknowledged = {true} where task_run_id = {run} and connection_id = {connection}", cancel);

    /// <summary>The worker is still connected: what it was handed stays its own. What has begun is forgotten.</summary>
    public Task RenewAsync(Guid connection, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        batch.Execute($"update reeve_task_delivery set leased_until = {now + Lease} where connection_id = {connection}");
        batch.Execute(
            $"""
            delete from reeve_task_delivery where (connection_id = {connection} or leased_until < {now - Memory}) and not exists (
                select 1 from task_run r
                where r.id = reeve_task_delivery.task_run_id and r.state_type = 'SCHEDULED' and r.state_id = reeve_task_delivery.state_id)
            """);
        return db.WriteAsync(batch, cancel);
    }

    /// <summary>
    /// The worker is gone. A run it has not acknowledged goes to the next at once; one it has, when its lease ends and it
    /// has not begun by then.
    /// </summary>
    public Task EndAsync(Guid connection, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        batch.Execute($"update reeve_task_delivery set leased_until = {Over} where connection_id = {connection} and not acknowledged");
        batch.Signal(DbTopics.BackgroundTasks);
        return db.WriteAsync(batch, cancel);
    }
}
