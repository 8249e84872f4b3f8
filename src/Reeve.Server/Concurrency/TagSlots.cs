using Reeve.Contract.Concurrency;
using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Server.Concurrency;

/// <summary>What there is for some tags: limits, what a task run holds of them, and rows of the old table.</summary>
internal sealed record TagSlots(List<ConcurrencyLimitV2> Limits, List<SlotLease> Held, List<LegacyTagLimit> Legacy)
{
    public static readonly TagSlots None = new([], [], []);

    public ConcurrencyLimitV2? Find(string tag) => Limits.Find(limit => limit.Name == TagLimitStore.Prefix + tag);

    public LegacyTagLimit? FindLegacy(string tag) => Legacy.Find(limit => limit.Tag == tag);
}
