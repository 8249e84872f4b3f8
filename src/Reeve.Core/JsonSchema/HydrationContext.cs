namespace Reeve.Core.JsonSchema;

/// <summary>What hydration may use.</summary>
public sealed class HydrationContext
{
    /// <summary>All variables by name; null leaves references to variables in place.</summary>
    public IReadOnlyDictionary<string, object?>? Variables { get; init; }

    /// <summary>Says what is wrong with a template, or null if nothing is.</summary>
    public required Func<string, string?> CheckTemplate { get; init; }

    /// <summary>Renders a template, or says in <c>Error</c> why it cannot; null leaves valid templates in place.</summary>
    public Func<string, (string Text, string? Error)>? RenderTemplate { get; init; }

    /// <summary>Throw <see cref="HydrationException"/> at the first failure instead of leaving a <see cref="HydrationFailure"/> in the value.</summary>
    public bool Throw { get; init; }
}
