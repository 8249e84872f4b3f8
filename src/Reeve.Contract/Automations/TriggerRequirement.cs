using System.Text.Json.Serialization;

namespace Reeve.Contract.Automations;

/// <summary>How many of a compound trigger's parts must fire: a number, <see cref="Any"/> or <see cref="All"/>.</summary>
[JsonConverter(typeof(TriggerRequirementConverter))]
public readonly record struct TriggerRequirement
{
    private readonly bool all;

    private TriggerRequirement(int? count, bool all)
    {
        Count = count;
        this.all = all;
    }

    public static TriggerRequirement Any => default;

    public static TriggerRequirement All => new(null, true);

    /// <summary>The number given; null for <see cref="Any"/> and <see cref="All"/>.</summary>
    public int? Count { get; }

    public static TriggerRequirement Exactly(int count) => new(count, false);

    /// <summary>The number of parts that must fire out of <paramref name="total"/>.</summary>
    public int Of(int total) => Count ?? (all ? total : 1);

    /// <summary><c>any</c>, <c>all</c> or the number.</summary>
    public override string ToString() => Count?.ToString() ?? (all ? "all" : "any");
}
