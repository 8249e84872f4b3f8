namespace Reeve.Core.JsonSchema;

/// <summary>A value that could not be hydrated; validation reports <see cref="Message"/> at its place.</summary>
public sealed class HydrationFailure(string kind, string message) : HydrationPlaceholder
{
    internal const string Keyword = "_placeholders";

    /// <summary>What went wrong, e.g. <c>Variable 'x' not found in workspace.</c></summary>
    public string Message { get; } = message;

    internal static HydrationFailure MissingKey(string kind, string key) => new(kind, $"Missing '{key}' key in __prefect object");

    public override string Repr() => kind + "()";
}
