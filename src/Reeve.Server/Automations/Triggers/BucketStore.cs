using Reeve.Core;
using Reeve.Core.Automations;
using Reeve.Data;

namespace Reeve.Server.Automations.Triggers;

/// <summary>All SQL on <c>automation_bucket</c> and <c>composite_trigger_child_firing</c>. Whoever writes holds the row of the automation, in a batch that requires what was read.</summary>
internal static class BucketStore
{
    private const int MostPlacesAtOnce = 64;

    /// <summary>
    /// How long after its last event a window is judged that was over when that event came. A client that was away sends what happened
    /// meanwhile one by one: what answers the first may be among the next.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly SqlText Columns = new("b.automation_id, b.trigger_id, b.bucketing_key, b.start, b.\"end\", b.count, b.last_event, b.last_operation");

    /// <summary>Those of some automations that are there and enabled, with the time of their change.</summary>
    public static DbResult<List<(Guid Id, DateTimeOffset? Updated)>> Find(SqlBatch batch, IReadOnlyCollection<Guid> automations) => batch.List(
        $"select id, updated from automation where id = any({automations}) and enabled = {true}", static row => (row.GetGuid(0), row.GetInstantOrNull(1)));

    /// <summary>
    /// Holds automations against other evaluators and against deletion for the rest of the batch, which fails when one of them is no longer
    /// there, enabled, and what it was when it was loaded.
    /// </summary>
    public static void Hold(SqlBatch batch, IEnumerable<LoadedAutomation> automations)
    {
        foreach (var chunk in automations.OrderBy(static automation => automation.Id).Chunk(MostPlacesAtOnce))
        {
            var ids = Array.ConvertAll(chunk, static automation => automation.Id);
            var known = Values(chunk, static automation => $"({automation.Id:uuid}, {automation.Automation.Updated:timestamptz})");
            batch.Require(
                $"""
                (select count(*) from (
                    select a.id, a.updated from automation a where a.id = any({ids}) and a.enabled = {true} order by a.id for update) held
                where (held.id, held.updated) in (values {known})) = {chunk.Length}
                """);
        }
    }

    /// <summary>The buckets at some places, those that there are.</summary>
    public static List<DbResult<List<(BucketPlace Place, Bucket Bucket)>>> Read(SqlBatch batch, Basis basis, IReadOnlyCollection<BucketPlace> places)
    {
        var results = new List<DbResult<List<(BucketPlace, Bucket)>>>();
        foreach (var chunk in places.Chunk(MostPlacesAtOnce))
        {
            var at = Values(chunk, static place => $"({place.Automation:uuid}, {place.Trigger:uuid}, {RawJson.FromTrusted(place.Key):jsonb})");
            results.Add(Read(batch, basis, $"select b.* from automation_bucket b where (b.automation_id, b.trigger_id, b.bucketing_key) in (values {at})"));
        }
        return results;
    }

    /// <summary>The buckets of some automations whose window is to be judged, oldest first.</summary>
    public static DbResult<List<(BucketPlace Place, Bucket Bucket)>> ReadEnded(
        SqlBatch batch, Basis basis, IReadOnlyCollection<Guid> automations, IReadOnlyCollection<Guid> triggers, DateTimeOffset asOf, int limit) => Read(
        batch,
        basis,
        $"""
        select b.* from automation_bucket b
        where b.automation_id = any({automations}) and b.trigger_id = any({triggers}) and {IsOver(asOf, asOf)} order by b.start, b.id limit {limit}
        """);

    /// <summary>The automations that have a window which is to be judged.</summary>
    public static DbResult<List<Guid>> WithEnded(
        SqlBatch batch, IReadOnlyCollection<Guid> automations, IReadOnlyCollection<Guid> triggers, DateTimeOffset asOf, int limit) => batch.List(
        $"""
        select distinct ended.automation_id from (
            select b.automation_id from automation_bucket b
            where b.automation_id = any({automations}) and b.trigger_id = any({triggers}) and {IsOver(asOf, asOf)} order by b.start, b.id limit {limit}) ended
        """,
        static row => row.GetGuid(0));

    /// <summary>All buckets of an automation, those that end next first.</summary>
    public static DbResult<List<(BucketPlace Place, Bucket Bucket)>> ReadAll(SqlBatch batch, Guid automation, int limit) => batch.List(
        $"select {Columns} from automation_bucket b where b.automation_id = {automation} order by b.\"end\" limit {limit}", ReadRow);

    /// <summary>When the next window of some triggers is to be judged.</summary>
    public static DbResult<DateTimeOffset?> NextEnd(SqlBatch batch, IReadOnlyCollection<Guid> automations, IReadOnlyCollection<Guid> triggers) => batch.One(
        $"""
        select min(case when b.updated <= b."end" then b."end" end), min(case when b.updated > b."end" then b.updated end) from automation_bucket b
        where b.automation_id = any({automations}) and b.trigger_id = any({triggers})
        """,
        static row => Earlier(row.GetInstantOrNull(0), row.GetInstantOrNull(1) + Patience));

    /// <summary>Those of some triggers that have a bucket.</summary>
    public static DbResult<List<Guid>> WithBucket(SqlBatch batch, Basis basis, IReadOnlyCollection<Guid> automations, IReadOnlyCollection<Guid> triggers)
    {
        Sql found = $"select distinct b.trigger_id from automation_bucket b where b.automation_id = any({automations}) and b.trigger_id = any({triggers})";
        basis.Ask(batch, $"select string_agg(found.trigger_id::text, ',' order by found.trigger_id) from ({found}) found");
        return batch.List(found, static row => row.GetGuid(0));
    }

    public static void Write(SqlBatch batch, IReadOnlyList<(BucketPlace Place, Bucket Bucket)> buckets, DateTimeOffset now) => batch.Insert(
        $"insert into automation_bucket (id, created, updated, automation_id, trigger_id, bucketing_key, start, \"end\", count, last_event, last_operation)",
        buckets,
        one => $"({Guid.NewGuid()}, {now}, {now}, {one.Place.Automation}, {one.Place.Trigger}, {RawJson.FromTrusted(one.Place.Key)}, {one.Bucket.Start}, {one.Bucket.End}, {one.Bucket.Count}, {one.Bucket.LastEvent:jsonb}, {one.Bucket.Operation})",
        $"""
        on conflict (automation_id, trigger_id, bucketing_key) do update set updated = excluded.updated, start = excluded.start, "end" = excluded."end",
            count = excluded.count, last_event = excluded.last_event, last_operation = excluded.last_operation
        """);

    public static void Delete(SqlBatch batch, IEnumerable<BucketPlace> places)
    {
        foreach (var place in places)
        {
            batch.Execute(
                $"""
                delete from automation_bucket
                where automation_id = {place.Automation} and trigger_id = {place.Trigger} and bucketing_key = {RawJson.FromTrusted(place.Key):jsonb}
                """);
        }
    }

    /// <summary>Deletes buckets whose window ended before <paramref name="before"/>: nothing is counted in them any more.</summary>
    /// <param name="batch">What it is added to.</param>
    /// <param name="before">The end of the newest window that goes.</param>
    /// <param name="asOf">The time up to which windows were judged.</param>
    public static void Sweep(SqlBatch batch, DateTimeOffset before, DateTimeOffset asOf) => batch.Execute(
        $"delete from automation_bucket as b where b.automation_id in (select id from automation) and {IsOver(before, asOf)}");

    /// <summary>The condition of windows that ended by <paramref name="end"/>, without those that somebody may still send events for.</summary>
    private static Sql IsOver(DateTimeOffset end, DateTimeOffset asOf) => $"b.\"end\" <= {end} and (b.updated <= b.\"end\" or b.updated <= {asOf - Patience})";

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => other is null || one < other ? one : other;

    public static DbResult<List<(Guid Parent, ChildFiring Firing)>> ReadChildFirings(SqlBatch batch, Basis basis, IReadOnlyCollection<Guid> automations)
    {
        basis.Ask(batch, $"select string_agg(f.id::text, ',' order by f.id) from composite_trigger_child_firing f where f.automation_id = any({automations})");
        return batch.List(
            $"""
            select parent_trigger_id, child_trigger_id, child_firing_id, coalesce(child_fired_at, created), child_firing
            from composite_trigger_child_firing where automation_id = any({automations}) order by 4, id
            """,
            static row => (row.GetGuid(0), new ChildFiring(row.GetGuid(1), row.GetGuid(2), row.GetInstant(3), row.GetJson(4))));
    }

    /// <summary>Replaces what a composite trigger keeps.</summary>
    public static void WriteChildFirings(SqlBatch batch, Guid automation, Guid parent, IReadOnlyList<ChildFiring> firings, DateTimeOffset now)
    {
        batch.Execute($"delete from composite_trigger_child_firing where automation_id = {automation} and parent_trigger_id = {parent}");
        batch.Insert(
            $"insert into composite_trigger_child_firing (id, created, updated, automation_id, parent_trigger_id, child_trigger_id, child_firing_id, child_fired_at, child_firing)",
            firings,
            one => $"({Guid.NewGuid()}, {now}, {now}, {automation}, {parent}, {one.ChildId}, {one.FiringId}, {one.Triggered}, {one.Json})");
    }

    private static DbResult<List<(BucketPlace Place, Bucket Bucket)>> Read(SqlBatch batch, Basis basis, Sql buckets)
    {
        basis.Ask(
            batch,
            $"""
            select string_agg(b.id::text || ' ' || b.count || ' ' || b.start::text || ' ' || b.updated::text, ',' order by b.id) from ({buckets}) b
            """);
        return batch.List($"select {Columns} from ({buckets}) b order by b.start, b.id", ReadRow);
    }

    // A few fixed sizes, filled by repeating the last, keep the statements prepared.
    private static Sql Values<T>(T[] rows, Func<T, Sql> value)
    {
        var size = rows.Length switch { 1 => 1, <= 8 => 8, _ => MostPlacesAtOnce };
        return Sql.Join(", ", Enumerable.Range(0, size).Select(i => value(rows[Math.Min(i, rows.Length - 1)])));
    }

    private static (BucketPlace Place, Bucket Bucket) ReadRow(DbRow row) => (
        new BucketPlace(row.GetGuid(0), row.GetGuid(1), BucketKey.Text(row.GetJson(2))),
        new Bucket(row.GetInstant(3), row.GetInstant(4), row.GetInt32(5), row.GetJsonOrNull(6), row.GetStringOrNull(7) ?? ""));
}
