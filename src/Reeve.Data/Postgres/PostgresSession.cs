using System.Globalization;
using Npgsql;

namespace Reeve.Data.Postgres;

/// <summary>What a session of ours is set to, whatever the server's defaults are.</summary>
public static class PostgresSession
{
    /// <summary>
    /// Whether somebody stands between us and the server and hands its sessions out by the transaction: the process that the
    /// connection named when it opened is then not the one that answers.
    /// </summary>
    public static async Task<bool> IsSharedAsync(NpgsqlConnection connection, CancellationToken cancel = default)
    {
        await using var command = new NpgsqlCommand("select pg_backend_pid()", connection);
        return await command.ExecuteScalarAsync(cancel) is int pid && pid != connection.ProcessID;
    }

    /// <summary>
    /// With several hosts, that the one is used which may be written: after a failover the first may be a standby, which refuses what we write
    /// and raises no wake-ups. What a host is may change at any time, so that is asked again soon.
    /// </summary>
    public static string Writable(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.Host?.Contains(',') != true) return connectionString;
        if (string.IsNullOrEmpty(settings.TargetSessionAttributes)) settings.TargetSessionAttributes = "primary";
        settings.HostRecheckSeconds = 1;
        return settings.ConnectionString;
    }

    /// <summary>Statements for a session of our own, once it is open. What the URL's options set stays as it is.</summary>
    internal static string Setup(PostgresOptions options)
    {
        var given = new NpgsqlConnectionStringBuilder(options.ConnectionString).Options ?? "";
        // Our statements are short, or read an index: compiling one takes longer than running it does.
        var statements = Limits(options).Append(("default_transaction_isolation", "read committed")).Append(("jit", "off"))
            .Where(pair => !given.Contains(pair.Item1, StringComparison.Ordinal))
            .Select(pair => $"set {pair.Item1} = '{pair.Item2}'")
            // PostgreSQL's default is of disks that turn; by it, counts of what an index finds read whole tables. Whoever set another meant it.
            .Append("select set_config('random_page_cost', '1.1', false) where current_setting('random_page_cost') = '4'").ToList();
        return string.Join("; ", statements);
    }

    /// <summary>The same for one transaction on a session that is shared, as its first statements.</summary>
    internal static IReadOnlyList<DbStatement> SetupOfTransaction(PostgresOptions options)
    {
        var limits = Limits(options).ToDictionary();
        // A limit that is not ours to set is set to what it is.
        var statement = limits.GetValueOrDefault("statement_timeout");
        var wait = limits.GetValueOrDefault("lock_timeout");
        var idle = limits["idle_in_transaction_session_timeout"];
        return
        [
            // This parameter is of the transaction, not of the session, and can only be set ahead of everything that reads.
            new DbStatement.Command($"set transaction_isolation = 'read committed'", new DbResult<int>()),
            new DbStatement.First<bool>(
                $"""
                select set_config('statement_timeout', coalesce({statement:text}, current_setting('statement_timeout')), true) is null,
                    set_config('lock_timeout', coalesce({wait:text}, current_setting('lock_timeout')), true) is null,
                    set_config('idle_in_transaction_session_timeout', {idle:text}, true) is null,
                    set_config('jit', 'off', true) is null,
                    set_config('random_page_cost', case current_setting('random_page_cost') when '4' then '1.1' else current_setting('random_page_cost') end, true) is null
                """,
                static _ => true,
                new DbResult<bool>()),
        ];
    }

    /// <summary>Says who uses the session from here on.</summary>
    internal static DbStatement Name(string name) =>
        new DbStatement.First<bool>($"select set_config('application_name', {name:text}, false) is null", static _ => true, new DbResult<bool>());

    private static IEnumerable<(string, string)> Limits(PostgresOptions options)
    {
        if (options.StatementTimeout is { } run) yield return ("statement_timeout", Milliseconds(run));
        if (options.LockTimeout is { } wait) yield return ("lock_timeout", Milliseconds(wait));
        yield return ("idle_in_transaction_session_timeout", Milliseconds(options.IdleInTransactionTimeout));
    }

    private static string Milliseconds(TimeSpan time) => ((long)Math.Ceiling(time.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
}
