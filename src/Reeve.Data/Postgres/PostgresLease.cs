using Npgsql;

namespace Reeve.Data.Postgres;

/// <summary>A connection of the pool until it is disposed of.</summary>
internal readonly struct PostgresLease(NpgsqlConnection connection, SemaphoreSlim places) : IAsyncDisposable
{
    public NpgsqlConnection Connection => connection;

    public async ValueTask DisposeAsync()
    {
        try
        {
            await connection.DisposeAsync();
        }
        finally
        {
            places.Release();
        }
    }
}
