using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Automations.Explanations;
using Reeve.Core;
using Reeve.Core.Automations;
using Reeve.Data;
using Reeve.Server.Automations.Triggers;
using Reeve.Server.Events;

namespace Reeve.Server.Automations.Explaining;

/// <summary>Reads what explains an automation. Nothing is kept for it: all of it is derived, within bounds, from tables that every replica shares.</summary>
internal sealed class ExplainStore(Db db)
{
    public const int MostBuckets = 500;
    private const int MostFirings = 10;
    private const int MostActions = 20;
    private const int MostNotices = 5;

    /// <summary>Names and ids of one trigger that are looked up, and events read for each.</summary>
    private const int MostKeys = 16;
    private const int EventsOfKey = 50;

    /// <summary>The newest events of any kind that are read for a trigger that names no event and no resource exactly.</summary>
    private const int EventsOfAnyKind = 500;

    public async Task<AutomationRecord> ReadAsync(Guid automation, CancellationToken cancel)
    {
        var resource = $"prefect.automation.{automation}";
        var batch = new SqlBatch();
        var buckets = BucketStore.ReadAll(batch, automation, MostBuckets);
        var counts = batch.List(
            $"select trigger_id, count(*) from automation_bucket where automation_id = {automation} group by trigger_id",
            static row => KeyValuePair.Create(row.GetGuid(0), row.GetInt32(1)));
        var children = BucketStore.ReadChildFirings(batch, new Basis(), [automation]);
        var firings = batch.List(
            $"""
            select id, occurred, related from events
            where event = 'prefect.automation.triggered' and resource_id = {resource} order by occurred desc limit {MostFirings}
            """,
            static row => new FiringExplanation { EventId = row.GetGuid(0), Fired = row.GetInstant(1), TriggeringEventId = TriggeringEvent(row.GetJson(2)) });
        var actions = batch.List(
            $"""
            select id, action_index, action_type, status, attempts, reason, created, due, finished from reeve_action
            where automation_id = {automation} order by created desc, action_index desc, id limit {MostActions}
            """,
            static row => new ActionExplanation
            {
                Id = row.GetGuid(0), Index = row.GetInt32(1), Type = row.GetString(2), Status = row.GetString(3), Attempts = row.GetInt32(4),
                Reason = row.GetStringOrNull(5), Queued = row.GetInstant(6), Due = row.GetInstantOrNull(8) is null ? row.GetInstant(7) : null,
                Finished = row.GetInstantOrNull(8),
            });
        var loop = batch.One(
            $"select reason, broken_until, suppressed from reeve_automation_loop where automation_id = {automation} and suppressed > 0",
            static row => new LoopExplanation { Reason = row.GetStringOrNull(0), BrokenUntil = row.GetInstantOrNull(1), Suppressed = row.GetInt64(2) });
        var notices = batch.List(
            $"select occurred from events where event = {LoopGuard.EventName} and resource_id = {resource} order by occurred desc limit {MostNotices}",
            static row => row.GetInstant(0));
        await db.ReadAsync(batch, cancel);
        if (loop.Value is { } broken) broken.Notices = notices.Value;
        return new AutomationRecord(buckets.Value, counts.Value.ToDictionary(), children.Value, firings.Value, actions.Value, loop.Value);
    }

    /// <summary>Stored events that may concern a trigger, newest first: by its names, by the resources it names, else the newest of all.</summary>
    public async Task<List<ObservedEvent>> CandidatesAsync(EventRule rule, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var results = new List<DbResult<List<ObservedEvent>>>();
        var patterns = rule.Expect.Concat(rule.After).ToList();
        var ids = rule.MatchRelated.Prepend(rule.Match).SelectMany(static one => one.ExactIds ?? []).Distinct(StringComparer.Ordinal).Take(MostKeys).ToList();
        foreach (var name in patterns.Where(static one => one.IsExact).Select(static one => one.Text).Distinct(StringComparer.Ordinal).Take(MostKeys))
        {
            results.Add(batch.List(
                $"select id, event, occurred, resource, related from events where event = {name} order by occurred desc, id desc limit {EventsOfKey}", Read));
        }
        foreach (var id in ids)
        {
            results.Add(batch.List(
                $"""
                select e.id, e.event, e.occurred, e.resource, e.related
                from (select event_id from event_resources where resource_id = {id} order by occurred desc limit {EventsOfKey}) r
                join events e on e.id = r.event_id
                """, Read));
        }
        if (ids.Count == 0 && (rule.Expect.Count == 0 || patterns.Exists(static one => !one.IsExact)))
        {
            results.Add(batch.List(
                $"select id, event, occurred, resource, related from events order by occurred desc, id desc limit {EventsOfAnyKind}", Read));
        }
        await db.ReadAsync(batch, cancel);
        return [.. results.SelectMany(static one => one.Value).DistinctBy(static told => told.Id).OrderByDescending(static told => told.Occurred)];
    }

    private static ObservedEvent Read(DbRow row) => new(
        row.GetGuid(0), row.GetString(1), row.GetInstant(2),
        JsonSerializer.Deserialize(row.GetJson(3).Utf8.Span, ReeveJson.TypeInfo<Dictionary<string, string>>()) ?? [],
        Related(row.GetJson(4)), static () => RawJson.None);

    private static List<Dictionary<string, string>> Related(RawJson json) =>
        JsonSerializer.Deserialize(json.Utf8.Span, ReeveJson.TypeInfo<List<Dictionary<string, string>>>()) ?? [];

    private static Guid? TriggeringEvent(RawJson related) => Related(related)
        .Where(static one => one.GetValueOrDefault(EventLabels.Role) == "triggering-event")
        .Select(static one => one.ObjectId("prefect.event")).FirstOrDefault();
}
