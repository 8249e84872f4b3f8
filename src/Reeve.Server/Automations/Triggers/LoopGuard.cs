using Reeve.Contract.Automations;
using Reeve.Contract.Events;
using Reeve.Core.Automations;
using Reeve.Data;
using Reeve.Server.Events;

namespace Reeve.Server.Automations.Triggers;

/// <summary>
/// Breaks automations that set themselves, or each other, off. Everything an automation does is noted with its distance from
/// the outside cause; an event that such a doing brought about makes the next firing one further away. A chain of more than
/// <see cref="LongestChain"/>, or more than <see cref="MostCaused"/> firings a minute that are themselves behind two others,
/// is a loop: what comes further of it is left out until it has been quiet for a minute, and one event tells of it.
/// </summary>
internal sealed class LoopGuard
{
    public const int LongestChain = 10;
    public const int MostCaused = 20;

    /// <summary>An effect that shows later than this after its cause is taken for an outside cause.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    public const string EventName = "reeve.automation.loop-broken";

    private const string TriggeredEventRole = "automation-triggered-event";

    private readonly Dictionary<string, int> _depths;
    private readonly Dictionary<Guid, LoopRow> _loops;
    private readonly Basis _basis;
    private readonly DateTimeOffset _now;
    private readonly HashSet<Guid> _changed = [];

    private LoopGuard(DateTimeOffset now, Basis basis, Dictionary<string, int> depths, Dictionary<Guid, LoopRow> loops)
    {
        _now = now;
        _basis = basis;
        _depths = depths;
        _loops = loops;
    }

    /// <summary>Reads what is known of the causes of some firings.</summary>
    public static async Task<LoopGuard> LoadAsync(
        Db db, IReadOnlyList<(LoadedAutomation Automation, Firing Firing)> fired, DateTimeOffset now, CancellationToken cancel)
    {
        var causes = fired.SelectMany(static one => one.Firing.Event is { } told ? Causes(EventView.Read(told)) : []).ToHashSet(StringComparer.Ordinal);
        var automations = fired.Select(static one => one.Automation.Id).ToHashSet();
        var batch = new SqlBatch();
        var basis = new Basis();
        basis.Ask(
            batch,
            $"""
            select string_agg(l.automation_id::text || ' ' || l.window_start::text || ' ' || l.caused || ' ' || l.suppressed, ',' order by l.automation_id)
            from reeve_automation_loop l where l.automation_id = any({automations})
            """);
        var depths = batch.List(
            $"select cause, depth from reeve_automation_cause where cause = any({causes.ToArray()}) and recorded > {now - Window}",
            static row => (row.GetString(0), row.GetInt32(1)));
        var loops = batch.List(
            $"select automation_id, window_start, caused, broken_until, suppressed from reeve_automation_loop where automation_id = any({automations})",
            static row => (row.GetGuid(0), new LoopRow(row.GetInstant(1), row.GetInt32(2), row.GetInstantOrNull(3), row.GetInt64(4))));
        await db.ReadAsync(batch, cancel);
        return new LoopGuard(now, basis, depths.Value.ToDictionary(StringComparer.Ordinal), loops.Value.ToDictionary());
    }

    /// <summary>How far a firing is from its outside cause; 1 is right behind it. Null when it is part of a loop and is to be left out.</summary>
    public int? Admit(SqlBatch batch, LoadedAutomation automation, Firing firing)
    {
        var depth = 1 + (firing.Event is { } told ? Causes(EventView.Read(told)).Max(cause => _depths.GetValueOrDefault(cause)) : 0);
        if (depth == 1) return depth;
        var row = _loops.GetValueOrDefault(automation.Id) ?? new LoopRow(_now, 0, null, 0);
        if (_now - row.WindowStart >= Window) row = row with { WindowStart = _now, Caused = 0 };
        if (depth > 2) row = row with { Caused = row.Caused + 1 };
        _changed.Add(automation.Id);
        var wasBroken = row.BrokenUntil > _now;
        var reason = depth > LongestChain ? $"it is link {depth} of a chain of automations that set each other off"
            : row.Caused > MostCaused ? $"automations set it off more than {MostCaused} times within {Window.TotalSeconds:0} seconds"
            : null;
        if (reason is null && !wasBroken)
        {
            _loops[automation.Id] = row;
            return depth;
        }
        _loops[automation.Id] = row with { BrokenUntil = _now + Window, Suppressed = row.Suppressed + 1, Reason = reason ?? row.Reason };
        if (!wasBroken) Outbox.Add(batch, Broken(automation.Automation, reason!));
        return null;
    }

    /// <summary>Adds what changed to a batch that holds the automations.</summary>
    public void Write(SqlBatch batch)
    {
        if (_changed.Count > 0) _basis.Require(batch);
        foreach (var automation in _changed)
        {
            var row = _loops[automation];
            batch.Execute(
                $"""
                insert into reeve_automation_loop (automation_id, window_start, caused, broken_until, suppressed, reason)
                values ({automation}, {row.WindowStart}, {row.Caused}, {row.BrokenUntil}, {row.Suppressed}, {row.Reason})
                on conflict (automation_id) do update set window_start = excluded.window_start, caused = excluded.caused,
                    broken_until = excluded.broken_until, suppressed = excluded.suppressed, reason = coalesce(excluded.reason, reeve_automation_loop.reason)
                """);
        }
    }

    /// <summary>Notes that something is the doing of an automation, before it can show.</summary>
    public static void Note(SqlBatch batch, IEnumerable<string> causes, int depth, DateTimeOffset now)
    {
        foreach (var cause in causes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            batch.Execute(
                $"""
                insert into reeve_automation_cause (cause, depth, recorded) values ({cause}, {depth}, {now})
                on conflict (cause) do update set recorded = excluded.recorded,
                    depth = case when reeve_automation_cause.recorded > {now - Window} and reeve_automation_cause.depth > excluded.depth
                        then reeve_automation_cause.depth else excluded.depth end
                """);
        }
    }

    /// <summary>Removes notes that no effect can refer to any more.</summary>
    public static void Sweep(SqlBatch batch, DateTimeOffset now) =>
        batch.Execute($"delete from reeve_automation_cause where recorded < {now - Window - Window}");

    public static string OfEvent(string id) => "event:" + id;

    public static string OfResource(string id) => "resource:" + id;

    public static string OfCreator(string automation) => "creator:" + automation;

    /// <summary>What may have brought an event about.</summary>
    private static IEnumerable<string> Causes(ReceivedEvent told)
    {
        yield return OfEvent(told.Id.ToString());
        yield return OfResource(told.Resource.ResourceId());
        foreach (var related in told.Related)
        {
            switch (related.GetValueOrDefault(EventLabels.Role))
            {
                case TriggeredEventRole when related.ObjectId("prefect.event") is { } id: yield return OfEvent(id.ToString()); break;
                case "creator": yield return OfCreator(related.ResourceId()); break;
            }
        }
    }

    private Event Broken(Automation automation, string reason)
    {
        var told = EventDraft.Of(EventName, "prefect.automation", automation.Id, automation.Name, _now);
        told.Payload = EventPayload.Write(writer =>
        {
            writer.WriteString("reason", reason);
            writer.WriteNumber("quiet_seconds", Window.TotalSeconds);
        });
        return told;
    }

    private sealed record LoopRow(DateTimeOffset WindowStart, int Caused, DateTimeOffset? BrokenUntil, long Suppressed)
    {
        public string? Reason { get; init; }
    }
}
