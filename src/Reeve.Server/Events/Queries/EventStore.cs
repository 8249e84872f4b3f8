using Reeve.Contract.Events;
using Reeve.Data;

namespace Reeve.Server.Events.Queries;

/// <summary>Asks <c>events</c>. Filters come with their times resolved.</summary>
internal sealed class EventStore(Db db)
{
    /// <summary>Events a page has at most.</summary>
    public const int MostOnPage = 50;

    private static readonly SqlText Columns = new(ReceivedEventRow.Columns("e"));
    private static readonly SqlText OuterColumns = new(ReceivedEventRow.Columns("one"));

    /// <summary>The first page and how many there are in all. They are counted only when the page is full: otherwise it is all there is.</summary>
    public async Task<(List<ReceivedEvent> Events, int Total)> FirstAsync(EventFilter filter, int limit, CancellationToken cancel)
    {
        var page = await PageAsync(filter, limit, 0, cancel);
        if (page.Count < limit) return (page, page.Count);
        var counted = new SqlText(filter.Resource is { Distinct: true } ? "count(distinct e.resource_id)" : "count(*)");
        var total = await db.OneAsync(
            $"select {counted} from events e where {new EventPredicate(filter, db.Dialect).ToSql()}", static row => row.GetInt32(0), cancel);
        return (page, total);
    }

    public Task<List<ReceivedEvent>> PageAsync(EventFilter filter, int limit, int offset, CancellationToken cancel) =>
        db.ListAsync(Page(filter, new EventPredicate(filter, db.Dialect).ToSql(), limit, offset), static row => ReceivedEventRow.Read(row), cancel);

    /// <summary>Events in ascending order after one of them: what a stream shows before it goes live.</summary>
    public Task<List<ReceivedEvent>> AfterAsync(EventFilter filter, DateTimeOffset occurred, Guid id, int limit, CancellationToken cancel) =>
        db.ListAsync(
            $"""
            select {Columns} from events e where {new EventPredicate(filter, db.Dialect).ToSql()} and (e.occurred, e.id) > ({occurred}, {id})
            order by e.occurred, e.id limit {limit}
            """,
            static row => ReceivedEventRow.Read(row), cancel);

    public Task<List<EventCount>> CountByNameAsync(EventFilter filter, CancellationToken cancel) =>
        db.ListAsync(
            $"""
            select e.event, e.event, count(*), min(e.occurred), max(e.occurred) from events e
            where {new EventPredicate(filter, db.Dialect).ToSql()}
            group by e.event order by count(*) desc, e.event
            """,
            ReadCount, cancel);

    /// <summary>By resource, under the name the resource had last.</summary>
    public Task<List<EventCount>> CountByResourceAsync(EventFilter filter, CancellationToken cancel)
    {
        var name = new SqlText(db.IsSqlite
            ? """coalesce(json_extract(e.resource, '$."prefect.resource.name"'), json_extract(e.resource, '$."prefect.name"'), e.resource_id)"""
            : "coalesce(e.resource ->> 'prefect.resource.name', e.resource ->> 'prefect.name', e.resource_id)");
        return db.ListAsync(
            $"""
            select named.resource_id, named.label, sum(named.number)::bigint as number, min(named.oldest), max(named.latest) from (
                select counted.resource_id, first_value(counted.label) over (partition by counted.resource_id order by counted.latest desc) as label,
                    counted.number, counted.oldest, counted.latest
                from (
                    select e.resource_id, {name} as label, count(*) as number, min(e.occurred) as oldest, max(e.occurred) as latest
                    from events e where {new EventPredicate(filter, db.Dialect).ToSql()}
                    group by e.resource_id, 2
                ) counted
            ) named
            group by named.resource_id, named.label order by 3 desc, named.label
            """,
            ReadCount, cancel);
    }

    public async Task<List<EventCount>> CountByTimeAsync(EventFilter filter, EventBuckets buckets, CancellationToken cancel)
    {
        var microseconds = new SqlText(db.IsSqlite
            ? "(cast(strftime('%s', e.occurred) as integer) * 1000000 + cast(substr(e.occurred, 21, 6) as integer))"
            : "(extract(epoch from e.occurred) * 1000000)::bigint");
        var first = (buckets.First - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var width = buckets.Width.Ticks / TimeSpan.TicksPerMicrosecond;
        var counts = await db.ListAsync(
            $"""
            select ({microseconds} - {first}::bigint) / {width}::bigint as bucket, count(*) from events e
            where {new EventPredicate(filter, db.Dialect).ToSql()} group by 1
            """,
            static row => (Bucket: row.GetInt64(0), Count: row.GetInt32(1)), cancel);
        return buckets.Fill(counts.ToDictionary(static each => each.Bucket, static each => each.Count));
    }

    private static EventCount ReadCount(DbRow row) => new()
    {
        Value = row.GetString(0), Label = row.GetString(1), Count = row.GetInt32(2), StartTime = row.GetInstant(3), EndTime = row.GetInstant(4),
    };

    private static Sql Page(EventFilter filter, Sql where, int limit, int offset)
    {
        var most = filter.Id.Id is { Count: > 0 } ids ? Math.Min(limit, ids.Count) : limit;
        var (order, outer) = filter.Order == EventOrder.Asc ? ("e.occurred, e.id", "one.occurred, one.id") : ("e.occurred desc, e.id desc", "one.occurred desc, one.id desc");
        if (filter.Resource is not { Distinct: true })
            return $"select {Columns} from events e where {where} order by {new SqlText(order)} limit {most} offset {offset}";
        return
            $"""
            select {OuterColumns} from (
                select e.*, row_number() over (partition by e.resource_id order by {new SqlText(order)}) as place from events e where {where}
            ) one
            where one.place = 1 order by {new SqlText(outer)} limit {most} offset {offset}
            """;
    }
}
