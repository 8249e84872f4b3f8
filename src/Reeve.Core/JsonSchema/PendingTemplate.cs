namespace Reeve.Core.JsonSchema;

/// <summary>A valid template that was not rendered.</summary>
public sealed class PendingTemplate(string template) : HydrationPlaceholder
{
    public string Template { get; } = template;

    public override string Repr() => "<template>";
}
