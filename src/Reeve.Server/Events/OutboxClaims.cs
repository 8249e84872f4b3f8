using Reeve.Data;

namespace Reeve.Server.Events;

/// <summary>
/// How relays of several processes share the outbox: each claims a range of rows for a moment, and the others take the rows after it.
/// No lock is held meanwhile, and a relay that dies or is held up loses its claim to the next one. Two may then work on the same rows, of whom
/// one delivers: <see cref="Take"/> fails the batch of the other.
/// </summary>
internal sealed class OutboxClaims(Db db)
{
    /// <summary>Rows are delivered much sooner; whoever takes longer may be overtaken.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    private readonly Guid _relay = Guid.NewGuid();

    /// <summary>Claims the oldest rows that nobody else has claimed; those rows, in order.</summary>
    public async Task<List<OutboxRow>> ClaimAsync(int limit, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        // One relay after the other, so that the second sees what the first has claimed.
        if (!db.IsSqlite) batch.One($"select pg_advisory_xact_lock(7302)::text", static row => row.GetStringOrNull(0));
        batch.Execute($"delete from reeve_outbox_claim where claimed_until < {now - Forgotten}");
        batch.Execute(
            $"""
            insert into reeve_outbox_claim (relay, first_id, last_id, claimed_until)
            select {_relay:uuid}, min(next.id), max(next.id), {now + Lease:timestamptz} from (
                select o.id from reeve_outbox o where {Unclaimed(now)} order by o.id limit {limit}) next
            having count(*) > 0
            on conflict (relay) do update set first_id = excluded.first_id, last_id = excluded.last_id, claimed_until = excluded.claimed_until
            """);
        var rows = batch.List(
            $"""
            select o.id, o.event, o.created from reeve_outbox o
            where o.id between (select first_id from reeve_outbox_claim where relay = {_relay})
                and (select last_id from reeve_outbox_claim where relay = {_relay})
            and {Unclaimed(now)}
            order by o.id limit {limit}
            """,
            static row => new OutboxRow(row.GetInt64(0), row.GetJson(1), row.GetInstant(2)));
        await db.WriteAsync(batch, cancel);
        return rows.Value;
    }

    /// <summary>Takes the rows out and gives the claim up; fails the batch when another relay has delivered any of them.</summary>
    public void Take(SqlBatch batch, IReadOnlyList<OutboxRow> rows, DateTimeOffset now)
    {
        var ids = rows.Select(static row => row.Id).ToArray();
        batch.Require($"(select count(*) from (select id from reeve_outbox where id = any({ids}) order by id for update) held) = {ids.Length}");
        batch.Execute($"delete from reeve_outbox where id = any({ids})");
        GiveUp(batch, now);
    }

    public void GiveUp(SqlBatch batch, DateTimeOffset now) =>
        batch.Execute($"update reeve_outbox_claim set claimed_until = {now} where relay = {_relay}");

    // By a clock that is ahead, a claim would outlive its relay; one that ends later than a claim can is not reckoned with.
    private Sql Unclaimed(DateTimeOffset now) =>
        $"""
        not exists (
            select 1 from reeve_outbox_claim c
            where c.relay <> {_relay} and c.claimed_until > {now} and c.claimed_until <= {now + Lease + Lease} and o.id between c.first_id and c.last_id)
        """;
}
