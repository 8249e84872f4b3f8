using Reeve.Data;
using Reeve.Server.Automations.Actions;

namespace Reeve.Server.Diagnostics;

/// <summary>What the checks ask of the database. Every count ends at a limit.</summary>
internal sealed class DiagnosticsStore(Db db)
{
    /// <summary>Where counting ends.</summary>
    public const int Most = 1000;

    private const int Sessions = 10;

    public bool IsSqlite => db.IsSqlite;

    /// <summary>Prefect's revision and the numbers of our own migrations that are recorded.</summary>
    public async Task<(string? Revision, List<int> Applied)> SchemaAsync(CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var revision = batch.One($"select version_num from alembic_version", static row => row.GetString(0));
        var applied = batch.List($"select number from reeve_migration order by number", static row => row.GetInt32(0));
        await db.ReadAsync(batch, cancel);
        return (revision.Value, applied.Value);
    }

    /// <summary>
    /// PostgreSQL: sessions on this database that hold a transaction open and do nothing, the longest first. A session that waits for the rest of a batch does nothing either,
    /// though PostgreSQL calls it active.
    /// </summary>
    public Task<List<SessionRow>> IdleTransactionsAsync(TimeSpan longerThan, CancellationToken cancel) => db.ListAsync(
        $"""
        select a.pid, coalesce(a.application_name, ''), extract(epoch from (clock_timestamp() - a.state_change))::float8, ''
        from pg_stat_activity a
        where a.datname = current_database() and (a.state like 'idle in transaction%' or (a.state = 'active' and a.wait_event = 'ClientRead'))
            and clock_timestamp() - a.state_change > {longerThan}
        order by a.state_change limit {Sessions}
        """,
        Read, cancel);

    /// <summary>PostgreSQL: sessions on this database that wait for a lock, the longest first, and whom they wait for.</summary>
    public Task<List<SessionRow>> LockWaitsAsync(TimeSpan longerThan, CancellationToken cancel) => db.ListAsync(
        $"""
        select w.pid, w.name, w.seconds, coalesce((
            select string_agg(b.pid || ' (' || coalesce(b.application_name, '') || ')', ', ' order by b.pid)
            from pg_stat_activity b where b.pid = any(pg_blocking_pids(w.pid))), 'an unknown session')
        from (
            select a.pid, coalesce(a.application_name, '') as name, extract(epoch from (clock_timestamp() - coalesce(
                (select min(l.waitstart) from pg_locks l where l.pid = a.pid and not l.granted), a.query_start)))::float8 as seconds
            from pg_stat_activity a where a.datname = current_database() and a.wait_event_type = 'Lock'
        ) w
        where w.seconds > {longerThan.TotalSeconds} order by w.seconds desc limit {Sessions}
        """,
        Read, cancel);

    /// <summary>By pool, the runs whose time was before <paramref name="before"/> and that nobody has begun: how many (of the first that count) and the oldest time.</summary>
    public Task<List<(string? Pool, int Runs, DateTimeOffset Oldest)>> LateRunsAsync(DateTimeOffset before, CancellationToken cancel) => db.ListAsync(
        $"""
        select p.name, count(*), min(late.at) from (
            select r.next_scheduled_start_time as at, r.work_queue_id from flow_run r
            where r.state_type = 'SCHEDULED' and r.next_scheduled_start_time <= {before}
            order by r.next_scheduled_start_time limit {Most}
        ) late
        left join work_queue q on q.id = late.work_queue_id left join work_pool p on p.id = q.work_pool_id
        group by p.name order by count(*) desc, p.name
        """,
        static row => (row.GetStringOrNull(0), row.GetInt32(1), row.GetInstant(2)), cancel);

    /// <summary>Events that have not been handed on (of the first that count), and for how long the oldest has waited by the database's clock.</summary>
    public async Task<(int Events, TimeSpan Oldest)> OutboxAsync(CancellationToken cancel) => await db.OneAsync(
        $"""
        select count(*), min(waiting.created), now() from (select o.created from reeve_outbox o order by o.id limit {Most}) waiting
        """,
        static row => (row.GetInt32(0), row.GetInstantOrNull(1) is { } oldest ? row.GetInstant(2) - oldest : TimeSpan.Zero), cancel);

    /// <summary>Actions of automations that are due and not done (of the first that count), for how long the oldest, and how many were given up since then.</summary>
    public async Task<(int Waiting, TimeSpan Oldest, int Dead)> ActionsAsync(DateTimeOffset now, DateTimeOffset since, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var waiting = batch.One(
            $"select count(*), min(late.due) from (select a.due from reeve_action a where a.finished is null and a.due < {now} order by a.due, a.id limit {Most}) late",
            row => (row.GetInt32(0), row.GetInstantOrNull(1) is { } oldest ? now - oldest : TimeSpan.Zero));
        var dead = batch.One(
            $"select count(*) from (select 1 from reeve_action a where a.finished >= {since} and a.status = {ActionQueue.Dead} limit {Most}) dead", static row => row.GetInt32(0));
        await db.ReadAsync(batch, cancel);
        return (waiting.Value.Item1, waiting.Value.Item2, dead.Value);
    }

    private static SessionRow Read(DbRow row) => new(row.GetInt32(0), row.GetString(1), row.GetDouble(2), row.GetString(3));
}
