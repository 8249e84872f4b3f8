using Reeve.Core.Orchestration;
using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Server.Tests.Concurrency;

/// <summary>Limits and leases as they should be, by the pure slot maths: what every answer and every row is compared with.</summary>
internal sealed class SlotModel
{
    private static readonly OrchestrationSettings Settings = OrchestrationSettings.Default;

    public Dictionary<string, SlotLimit> Limits { get; } = [];

    public Dictionary<Guid, ModelLease> Leases { get; } = [];

    public int Leased(string name) => Leases.Values.Where(lease => lease.Names.Contains(name)).Sum(static lease => lease.Slots);

    /// <summary>The status of taking slots, which are then taken or refused.</summary>
    public int Take(string[] names, int slots, DateTimeOffset now)
    {
        var active = Array.FindAll(names, name => Limits[name].Active);
        if (Array.Exists(active, name => Limits[name].Limit < slots)) return 422;
        var free = Array.TrueForAll(active, name => SlotMath.HasFree(Limits[name], slots, now));
        foreach (var name in active)
        {
            Limits[name] = free ? SlotMath.Take(Limits[name], slots, now, Settings) : SlotMath.RecordDenial(Limits[name], slots, now, Settings);
        }
        return free ? 200 : 423;
    }

    public void Lease(Guid id, string[] names, int slots, DateTimeOffset now, int seconds) => Leases[id] = new ModelLease(
        Array.FindAll(names, name => Limits[name].Active), slots, now, now.AddSeconds(seconds));

    public int Renew(Guid id, DateTimeOffset now, int seconds)
    {
        if (!Leases.TryGetValue(id, out var lease)) return 410;
        Leases[id] = lease with { Expiration = now.AddSeconds(seconds) };
        return 204;
    }

    public void Release(Guid id, DateTimeOffset now)
    {
        if (!Leases.Remove(id, out var lease)) return;
        foreach (var name in lease.Names) Limits[name] = SlotMath.GiveBack(Limits[name], lease.Slots, now - lease.Created, now, Settings);
    }

    public void GiveBack(string[] names, int slots, DateTimeOffset now)
    {
        foreach (var name in names.Where(name => Limits[name].Active))
        {
            var given = SlotMath.GiveBack(Limits[name], slots, null, now, Settings);
            var taken = SlotMath.ActiveAfterDecay(Limits[name], now);
            var held = given.SlotDecayPerSecond > 0 ? 0 : Math.Min(taken, Leased(name));
            Limits[name] = given with { ActiveSlots = Math.Max(held, given.ActiveSlots) };
        }
    }

    public int Repossess(DateTimeOffset now)
    {
        var ended = Leases.Where(lease => lease.Value.Expiration < now).OrderBy(static lease => lease.Value.Expiration).Select(static lease => lease.Key).ToList();
        foreach (var lease in ended) Release(lease, now);
        return ended.Count;
    }
}
