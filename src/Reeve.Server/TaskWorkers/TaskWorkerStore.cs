using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.TaskRuns;
using Reeve.Data;
using Reeve.Server.Http;
using Reeve.Server.Processes;

namespace Reeve.Server.TaskWorkers;

/// <summary>The task workers that are connected to any server, as <c>reeve_task_worker</c> has them: a row a connection, renewed while it lasts.</summary>
internal sealed class TaskWorkerStore(Db db)
{
    /// <summary>A worker is there, or still there.</summary>
    public Task ShowAsync(Guid connection, TaskSubscription subscription, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        // Servers that were killed leave rows behind.
        batch.Execute($"delete from reeve_task_worker where leased_until < {ProcessStore.SlowestNow(db.Dialect, now)}");
        batch.Execute(
            $"""
            insert into reeve_task_worker (connection_id, client_id, task_keys, seen, leased_until)
            values ({connection}, {subscription.Client}, {JsonText.Of(subscription.Keys)}, {now}, {now + TaskDeliveryStore.Lease})
            on conflict (connection_id) do update set seen = excluded.seen, leased_until = excluded.leased_until
            """);
        return db.WriteAsync(batch, cancel);
    }

    public Task ForgetAsync(Guid connection, CancellationToken cancel) =>
        db.ExecuteAsync($"delete from reeve_task_worker where connection_id = {connection}", cancel);

    /// <summary>All that are there, one entry a connection, those that came last at the end.</summary>
    public Task<List<TaskWorkerResponse>> ListAsync(DateTimeOffset now, CancellationToken cancel) => db.ListAsync(
        $"select client_id, task_keys, seen from reeve_task_worker where leased_until >= {ProcessStore.SlowestNow(db.Dialect, now)} order by leased_until, client_id",
        static row => new TaskWorkerResponse
        {
            Identifier = row.GetString(0), TaskKeys = JsonSerializer.Deserialize(row.GetJson(1).Utf8.Span, ReeveJson.TypeInfo<List<string>>())!, Timestamp = row.GetInstant(2),
        }, cancel);
}
