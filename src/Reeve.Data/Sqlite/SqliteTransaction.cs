namespace Reeve.Data.Sqlite;

internal sealed class SqliteTransaction(SqliteDb db, SqliteSession session) : SqlTransaction
{
    public List<string> Signals { get; } = [];

    public override Task RunAsync(SqlBatch batch)
    {
        db.RunAll(session, batch.Statements);
        Signals.AddRange(batch.LocalSignals);
        return Task.CompletedTask;
    }
}
