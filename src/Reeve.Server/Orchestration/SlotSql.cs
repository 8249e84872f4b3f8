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
    public Sql HasFree(int slots, int givenBack, DateTimeOffset now)
    {
        var taken = givenBack == 0 ? ActiveAfterDecay(now) : AboveLeased(now, $"{givenBack:int}");
        return $"(l.active and {taken} + {slots:int} <= l.\"limit\")";
    }

    /// <summary>What follows <c>update concurrency_limit_v2 as l</c> to take slots.</summary>
    public Sql Take(int slots, DateTimeOffset now) =>
        $"set active_slots = {ActiveAfterDecay(now)} + {slots:int}, denied_slots = {DeniedAfterDecay(now)}, updated = {now}";

    /// <summary>What follows <c>update concurrency_limit_v2 as l</c> to give back slots for which no lease is known.</summary>
    public Sql GiveBack(int slots, double? heldSeconds, DateTimeOffset now)
    {
        Sql set = $"set active_slots = {AboveLeased(now, $"{slots:int}")}, denied_slots = {DeniedAfterDecay(now)}, updated = {now}";
        return heldSeconds is { } held ? set.Add(Occupied($"{held / slots:float8}")) : set;
    }

    /// <summary>What follows <c>update concurrency_limit_v2 as l</c> to give back the slots of a lease <c>h</c> that <paramref name="lease"/> selects.</summary>
    /// <param name="lease">From where to where: <c>from reeve_concurrency_lease h where …</c>, one row.</param>
    /// <param name="counted">Whether the average occupancy learns from how long the lease was held.</param>
    /// <param name="now">The time of writing.</param>
    public Sql GiveBackLease(Sql lease, bool counted, DateTimeOffset now)
    {
        Sql set = $"set active_slots = {AtLeastZero($"{ActiveAfterDecay(now)} - (select h.slots {lease})")}, denied_slots = {DeniedAfterDecay(now)}, updated = {now}";
        return counted ? set.Add(Occupied($"(select {Since(new SqlText("h.created"), now)} / h.slots {lease})")) : set;
    }

    /// <summary>What follows <c>update concurrency_limit_v2 as l</c> to record that slots were refused.</summary>
    /// <remarks>
    /// A refusal must not move the instant that decay counts from past a part of a slot, or callers who ask more often than
    /// slots free themselves would keep a full limit full for ever. So it moves by whole slots, which it takes off.
    /// </remarks>
    public Sql RecordDenial(int slots, DateTimeOffset now) =>
        $"""
        set denied_slots = {DeniedAfterDecay(now)} + {slots:int},
            active_slots = {ActiveAfterDecay(now)},
            updated = case when l.slot_decay_per_second > 0 then {WholeDecays(now)} else {now} end
        """;

    // Slots that leases hold are not free for whoever gives back without one. Decay is about rates, not about holders.
    private Sql AboveLeased(DateTimeOffset now, Sql slots)
    {
        var active = ActiveAfterDecay(now);
        Sql leased = $"(select coalesce(sum(k.slots), 0) from reeve_concurrency_lease_limit m join reeve_concurrency_lease k on k.id = m.lease_id where m.limit_id = l.id)";
        Sql less = $"{active} - {slots}";
        return $"(case when l.slot_decay_per_second > 0 then {AtLeastZero(less)} else {Least(active, AtLeast(leased, less))} end)";
    }

    // Most that is known of how long a slot is held comes from the last 2 × limit holders.
    private Sql Occupied(Sql seconds) =>
        $"""
        , avg_slot_occupancy_seconds = case when l."limit" > 0
            then l.avg_slot_occupancy_seconds + ({AtLeast($"0.1", seconds)} - l.avg_slot_occupancy_seconds) / (l."limit" * 2.0)
            else l.avg_slot_occupancy_seconds end
        """;

    private Sql WholeDecays(DateTimeOffset now) => dialect == Dialect.Postgres
        ? (Sql)$"l.updated + floor(l.slot_decay_per_second * {Age(now)}) / l.slot_decay_per_second * interval '1 second'"
        : (Sql)$"strftime('%Y-%m-%d %H:%M:%f000', julianday(l.updated) + cast(l.slot_decay_per_second * {Age(now)} as integer) / l.slot_decay_per_second / 86400.0)";

    private Sql DeniedDecay()
    {
        var tag = settings.TagSlotWait.TotalSeconds;
        var other = settings.MaximumSlotWait.TotalSeconds;
        Sql longest = $"case when l.name like 'tag:%' then {tag:float8} else {other:float8} end";
        return dialect == Dialect.Postgres
            ? (Sql)$"case when l.slot_decay_per_second > 0 then l.slot_decay_per_second else 1.0 / greatest(0.1, least(l.avg_slot_occupancy_seconds, {longest})) end"
            : (Sql)$"case when l.slot_decay_per_second > 0 then l.slot_decay_per_second else 1.0 / max(0.1, min(l.avg_slot_occupancy_seconds, {longest})) end";
    }

    private Sql Age(DateTimeOffset now) => AtLeastZero(Since(new SqlText("l.updated"), now));

    // SQLite knows milliseconds; what it counts in days is a little off.
    private Sql Since(SqlText instant, DateTimeOffset now) => dialect == Dialect.Postgres
        ? (Sql)$"extract(epoch from ({now:timestamptz} - {instant}))::float8"
        : (Sql)$"round((julianday({now}) - julianday({instant})) * 86400000.0) / 1000.0";

    private Sql AtLeastZero(Sql value) => AtLeast($"0", value);

    private Sql AtLeast(Sql least, Sql value) => dialect == Dialect.Postgres ? (Sql)$"greatest({least}, {value})" : (Sql)$"max({least}, {value})";

    private Sql Least(Sql left, Sql right) => dialect == Dialect.Postgres ? (Sql)$"least({left}, {right})" : (Sql)$"min({left}, {right})";

    private Sql Floor(Sql value) => dialect == Dialect.Postgres
        ? (Sql)$"least(floor({value}), 2000000000)::int"
        : (Sql)$"cast(min({value}, 2000000000) as integer)";
}
