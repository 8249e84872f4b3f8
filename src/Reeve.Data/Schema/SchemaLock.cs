using System.Data.Common;

namespace Reeve.Data.Schema;

/// <summary>The right to migrate one database, held by one process at a time until it is disposed.</summary>
internal abstract class SchemaLock : IAsyncDisposable
{
    /// <summary>Runs one step, whole or not at all.</summary>
    public abstract Task RunAsync(MigrationStep step, CancellationToken cancellation);

    /// <summary>Makes everything that ran permanent.</summary>
    public abstract Task CompleteAsync(CancellationToken cancellation);

    /// <summary>Gives the right back; what was not completed and can be undone is undone.</summary>
    public abstract ValueTask DisposeAsync();

    private protected static async Task ExecuteAsync(
        SchemaDialect dialect, DbConnection connection, DbTransaction? transaction, MigrationStep step, CancellationToken cancellation)
    {
        foreach (var statement in step.Statements)
        {
            try
            {
                await connection.ExecuteAsync(statement, cancellation, transaction);
            }
            catch (DbException error)
            {
                var advice = dialect.Advise(statement, connection, error) ?? $"The statement was: {statement}";
                throw new SchemaException($"Could not {step.Name}: {error.Message.TrimEnd('.')}. {advice}", error);
            }
        }
    }
}
