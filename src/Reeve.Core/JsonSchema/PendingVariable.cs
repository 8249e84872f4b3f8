namespace Reeve.Core.JsonSchema;

/// <summary>A variable that was not looked up.</summary>
public sealed class PendingVariable(object? name) : HydrationPlaceholder
{
    public object? Name { get; } = name;

    public override string Repr() => "<variable>";
}
