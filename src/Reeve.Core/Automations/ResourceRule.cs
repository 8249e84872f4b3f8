namespace Reeve.Core.Automations;

/// <summary>What a resource must be like: every label given must fit one of its patterns. Without labels every resource fits.</summary>
public sealed class ResourceRule(IReadOnlyDictionary<string, IReadOnlyList<LabelPattern>> labels)
{
    /// <summary>Fits everything.</summary>
    public static readonly ResourceRule Any = new(new Dictionary<string, IReadOnlyList<LabelPattern>>());

    public IReadOnlyDictionary<string, IReadOnlyList<LabelPattern>> Labels { get; } = labels;

    public bool IsAny => Labels.Count == 0;

    public bool Matches(IReadOnlyDictionary<string, string> resource) => Miss(resource) is null;

    /// <summary>The first label that does not fit, or null when all do.</summary>
    public string? Miss(IReadOnlyDictionary<string, string> resource)
    {
        foreach (var (label, patterns) in Labels)
        {
            resource.TryGetValue(label, out var value);
            if (!Fits(patterns, value)) return label;
        }
        return null;
    }

    /// <summary>Whether one of some resources fits; a rule without labels needs none.</summary>
    public bool MatchesOne(IReadOnlyList<IReadOnlyDictionary<string, string>> resources)
    {
        if (IsAny) return true;
        foreach (var resource in resources)
        {
            if (Matches(resource)) return true;
        }
        return false;
    }

    /// <summary>The ids that alone can fit, or null when others could.</summary>
    public IReadOnlyList<string>? ExactIds =>
        Labels.TryGetValue(ObservedEvent.IdLabel, out var patterns) && patterns.All(static pattern => pattern.IsExact)
            ? [.. patterns.Select(static pattern => pattern.Text)]
            : null;

    private static bool Fits(IReadOnlyList<LabelPattern> patterns, string? value)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(value)) return true;
        }
        return false;
    }
}
