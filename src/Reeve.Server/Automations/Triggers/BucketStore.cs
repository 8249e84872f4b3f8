using Reeve.Core;
using Reeve.Core.Automations;
using Reeve.Data;

namespace Reeve.Server.Automations.Triggers;

/// <summary>All SQL on <c>automation_bucket</c> and <c>composite_trigger_child_firing</c>. Whoever writes holds the row of the automation.</summary>
internal static class BucketStore
{
    private const int MostPlacesAtOnce = 64;

    /// <summary>Locks automations against other evaluators and against deletion; those that are still there and enabled, with the time of their change.</summary>
    public static DbResult<List<(Guid Id, DateTimeOffset? Updated)>> Lock(SqlBatch batch, IReadOnlyCollection<Guid> automations) => batch.List(
        $"select id, updated from automation where id = any({automations}) and enabled = {true} order by id for update",
        static row => (row.GetGuid(0), row.GetInstantOrNull(1)));

    /// <summary>The buckets at some places, those that there are.</summary>
    public static List<DbResult<List<(BucketPlace Place, Bucket Bucket)>>> Read(SqlBatch batch, IReadOnlyCollection<BucketPlace> places)
    {
        var results = new List<DbResult<List<(BucketPlace, Bucket)>>>();
        foreach (var chunk in places.Chunk(MostPlacesAtOnce))
        {
            // A few fixed sizes, filled by repeating the last, keep the statements prepared.
            var size = chunk.Length switch { 1 => 1, <= 8 => 8, _ => MostPlacesAtOnce };
            var rows = Sql.Join(", ", Enumerable.Range(0, size).Select(i => chunk[Math.Min(i, chunk.Length - 1)])
                .Select(static place => (Sql)$"({place.Automation:uuid}, {place.Trigger:uuid}, {RawJson.FromTrusted(place.Key):jsonb})"));
            results.Add(batch.List(
                $"""
                select automation_id, trigger_id, bucketing_key, start, "end", count, last_event, last_operation from automation_bucket
                where (automation_id, trigger_id, bucketing_key) in (values {rows})
                """, ReadRow));
        }
        return results;
    }

    /// <summary>The buckets of some automations whose window has ended, oldest first.</summary>
    public static DbResult<List<(BucketPlace Place, Bucket Bucket)>> ReadEnded(
        SqlBatch batch, IReadOnlyCollection<Guid> automations, IReadOnlyCollection<Guid> triggers, DateTimeOffset asOf, int limit) => batch.List(
        $"""
        select automation_id, trigger_id, bucketing_key, start, "end", count, last_event, last_operation from automation_bucket
        where automation_id = any({automations}) and trigger_id = any({triggers}) and "end" <= {asOf}
        order by start, id limit {limit}
        """, ReadRow);

    /// <summary>All buckets of an automation, those that end next first.</summary>
    public static DbResult<List<(BucketPlace Place, Bucket Bucket)>> ReadAll(SqlBatch batch, Guid automation, int limit) => batch.List(
        $"""
        select automation_id, trigger_id, bucketing_key, start, "end", count, last_event, last_operation from automation_bucket
        where automation_id = {automation} order by "end" limit {limit}
        """, ReadRow);

    /// <summary>When the next window of some triggers ends.</summary>
    public static DbResult<DateTimeOffset?> NextEnd(SqlBatch batch, IReadOnlyCollection<Guid> automations, IReadOnlyCollection<Guid> triggers) => batch.One(
        $"select min(\"end\") from automation_bucket where automation_id = any({automations}) and trigger_id = any({triggers})",
        static row => row.GetInstantOrNull(0));

    /// <summary>Those of some triggers that have a bucket.</summary>
    public static DbResult<List<Guid>> WithBucket(SqlBatch batch, IReadOnlyCollection<Guid> automations, IReadOnlyCollection<Guid> triggers) => batch.List(
        $"select distinct trigger_id from automation_bucket where automation_id = any({automations}) and trigger_id = any({triggers})",
        static row => row.GetGuid(0));

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
    public static void Sweep(SqlBatch batch, DateTimeOffset before) => batch.Execute(
        $"delete from automation_bucket where automation_id in (select id from automation) and \"end\" <= {before}");

    public static DbResult<List<(Guid Parent, ChildFiring Firing)>> ReadChildFirings(SqlBatch batch, IReadOnlyCollection<Guid> automations) => batch.List(
        $"""
        select parent_trigger_id, child_trigger_id, child_firing_id, coalesce(child_fired_at, created), child_firing
        from composite_trigger_child_firing where automation_id = any({automations}) order by 4, id
        """,
        static row => (row.GetGuid(0), new ChildFiring(row.GetGuid(1), row.GetGuid(2), row.GetInstant(3), row.GetJson(4))));

    /// <summary>Replaces what a composite trigger keeps.</summary>
    public static void WriteChildFirings(SqlBatch batch, Guid automation, Guid parent, IReadOnlyList<ChildFiring> firings, DateTimeOffset now)
    {
        batch.Execute($"delete from composite_trigger_child_firing where automation_id = {automation} and parent_trigger_id = {parent}");
        batch.Insert(
            $"insert into composite_trigger_child_firing (id, created, updated, automation_id, parent_trigger_id, child_trigger_id, child_firing_id, child_fired_at, child_firing)",
            firings,
            one => $"({Guid.NewGuid()}, {now}, {now}, {automation}, {parent}, {one.ChildId}, {one.FiringId}, {one.Triggered}, {one.Json})");
    }

    private static (BucketPlace Place, Bucket Bucket) ReadRow(DbRow row) => (
        new BucketPlace(row.GetGuid(0), row.GetGuid(1), BucketKey.Text(row.GetJson(2))),
        new Bucket(row.GetInstant(3), row.GetInstant(4), row.GetInt32(5), row.GetJsonOrNull(6), row.GetStringOrNull(7) ?? ""));
}
