using Microsoft.Extensions.DependencyInjection;
using Reeve.Data;
using Reeve.Testing;

namespace Reeve.Server.Tests;

/// <summary>Two changes at the same moment, in an order that the test chooses.</summary>
internal static class Race
{
    /// <summary>
    /// Something happens once between what a request has read and what it is about to write. PostgreSQL only: SQLite's writer is in the middle
    /// of it then, and nobody else can write.
    /// </summary>
    /// <param name="server">The server that is asked.</param>
    /// <param name="statement">A part of the statement before which it happens; the first of a batch stands for the whole batch.</param>
    /// <param name="meanwhile">What happens, by another server.</param>
    /// <param name="asked">The request.</param>
    public static async Task<T> OvertakenAsync<T>(TestServer server, string statement, Func<TestServer, Task> meanwhile, Func<Task<T>> asked)
    {
        await using var other = await server.StartBesideAsync();
        var db = server.Server.Services.GetRequiredService<Db>();
        var overtaken = 0;
        db.OnStep = step =>
        {
            if (step.Statement?.Contains(statement, StringComparison.Ordinal) != true || Interlocked.Exchange(ref overtaken, 1) == 1) return;
            meanwhile(other).GetAwaiter().GetResult();
        };
        try
        {
            var answer = await asked();
            Assert.Equal(1, overtaken);
            return answer;
        }
        finally
        {
            db.OnStep = null;
        }
    }

    /// <summary>
    /// Somebody else has made a change and not committed it when the request comes; it does so when the request waits for it.
    /// PostgreSQL only: SQLite has one writer, and whoever comes second has read nothing by then.
    /// </summary>
    public static async Task<T> BehindAsync<T>(TestServer server, string change, Func<Task<T>> asked)
    {
        await using var connection = await server.Database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = change;
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
        var answer = Task.Run(asked);
        await Eventually.TrueAsync(
            "a request behind an open transaction", change,
            async () => answer.IsCompleted || await server.Database.ScalarAsync<bool>(
                "select exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"),
            "waiting for its lock");
        Assert.False(answer.IsCompleted, "It did not wait.");
        await transaction.CommitAsync();
        return await answer;
    }
}
