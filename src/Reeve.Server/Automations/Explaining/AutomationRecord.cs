using Reeve.Contract.Automations.Explanations;
using Reeve.Core.Automations;
using Reeve.Server.Automations.Triggers;

namespace Reeve.Server.Automations.Explaining;

/// <summary>What the tables know of one automation's past and present.</summary>
internal sealed record AutomationRecord(
    IReadOnlyList<(BucketPlace Place, Bucket Bucket)> Buckets,
    IReadOnlyDictionary<Guid, int> BucketCounts,
    IReadOnlyList<(Guid Parent, ChildFiring Firing)> ChildFirings,
    IReadOnlyList<FiringExplanation> Firings,
    IReadOnlyList<ActionExplanation> Actions,
    LoopExplanation? Loop);
