using Npgsql;

namespace Reeve.Data.Postgres;

internal sealed class PostgresTransaction(PostgresDb db, NpgsqlConnection connection, CancellationToken cancel) : SqlTransaction
{
    public List<string> Signals { get; } = [];

    public override async Task RunAsync(SqlBatch batch)
    {
        await db.RunAsync(connection, batch.Statements, cancel);
        Signals.AddRange(batch.LocalSignals);
        if (batch.Signals.Count == 0) return;
        await db.RunAsync(connection, [.. batch.Signals.Select(PostgresListener.Notification)], cancel);
    }
}
