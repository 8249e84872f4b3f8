using Reeve.Core.Orchestration;
using Reeve.Data;

namespace Reeve.Server.Orchestration;

/// <summary>The slot formulas of workers.md §7.2 on a row <c>l</c> of <c>concurrency_limit_v2</c>, for both databases.</summary>
internal sealed class SlotSql(Dialect dialect, OrchestrationSettings settings)
{
    /// <summary>Slots still taken once decay is counted.</summary>
    public Sql ActiveAfterDecay(DateTimeOffset now) =>
        AtLeastZero($"l.active_slots - {Floor($"l.slot_decay_per_second * {Age(now)}")}");

    /// <summary>Slots still counted as refused once decay is counted.</summary>
    public Sql DeniedAfterDecay(DateTimeOffset now) =>
        AtLeastZero($"l.denied_slots - {Floor($"{DeniedDecay()} * {Age(now)}")}");

    /// <summary>Whether an active limit has <paramref name="slots"/> free, counting some as free that are given back at the same time.</summary>
    public Sql HasFree(int slots, int givenBack, DateTimeOffset now) =>
        $"(l.active and {AtLeastZero($"{ActiveAfterDecay(now)} - {givenBack:int}")} + {slots:int} <= l.\"limit\")";

    /// <summary>What follows <c>update concurrency_limit_v2 as l</c> to take slots.</summary>
    public Sql Take(int slots, DateTimeOffset now) =>
        $"set active_slots = {ActiveAfterDecay(now)} + {slots:int}, denied_slots = {DeniedAfterDecay(now)}, updated = {now}";

    /// <summary>What follows <c>update concurrency_limit_v2 as l</c> to give slots back, with how long they were held where that is known.</summary>
    public Sql GiveBack(int slots, double? heldSeconds, DateTimeOffset now) => GiveBack($"{slots:int}", heldSeconds, now);

    /// <summary>As the other, for a number of slots that the database knows.</summary>
    public Sql GiveBack(Sql slots, double? heldSeconds, DateTimeOffset now)
    {
        Sql set = $"set active_slots = {AtLeastZero($"{ActiveAfterDecay(now)} - {slots}")}, denied_slots = {DeniedAfterDecay(now)}, updated = {now}";
        if (heldSeconds is not { } held || held <= 0) return set;
        Sql occupancy = dialect == Dialect.Postgres ? (Sql)$"greatest({held:float8} / {slots}, 0.1)" : (Sql)$"max({held:float8} / {slots}, 0.1)";
        return set.Add($", avg_slot_occupancy_seconds = case when l.\"limit\" > 0 then l.avg_slot_occupancy_seconds + ({occupancy} - l.avg_slot_occupancy_seconds) / (l.\"limit\" * 2.0) else l.avg_slot_occupancy_seconds end");
    }

    /// <summary>What follows <c>update concurrency_limit_v2 as l</c> to record that slots were refused.</summary>
    public Sql RecordDenial(int slots, DateTimeOffset now) =>
        $"set denied_slots = {DeniedAfterDecay(now)} + {slots:int}, updated = {now}";

    private Sql DeniedDecay()
    {
        var tag = settings.TagSlotWait.TotalSeconds;
        var other = settings.MaximumSlotWait.TotalSeconds;
        Sql longest = $"case when l.name like 'tag:%' then {tag:float8} else {other:float8} end";
        return dialect == Dialect.Postgres
            ? (Sql)$"case when l.slot_decay_per_second > 0 then l.slot_decay_per_second else 1.0 / greatest(0.1, least(l.avg_slot_occupancy_seconds, {longest})) end"
            : (Sql)$"case when l.slot_decay_per_second > 0 then l.slot_decay_per_second else 1.0 / max(0.1, min(l.avg_slot_occupancy_seconds, {longest})) end";
    }

    private Sql Age(DateTimeOffset now) => dialect == Dialect.Postgres
        ? (Sql)$"greatest(0, extract(epoch from ({now:timestamptz} - l.updated))::float8)"
        : (Sql)$"max(0, (julianday({now}) - julianday(l.updated)) * 86400.0)";

    private Sql AtLeastZero(Sql value) => dialect == Dialect.Postgres ? (Sql)$"greatest(0, {value})" : (Sql)$"max(0, {value})";

    private Sql Floor(Sql value) => dialect == Dialect.Postgres
        ? (Sql)$"least(floor({value}), 2000000000)::int"
        : (Sql)$"cast(min({value}, 2000000000) as integer)";
}
