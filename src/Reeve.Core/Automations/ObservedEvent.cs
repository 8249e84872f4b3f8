namespace Reeve.Core.Automations;

/// <summary>An event as triggers see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Such as <c>prefect.flow-run.Completed</c>.</param>
/// <param name="Occurred">When it happened, by the clock of who told of it.</param>
/// <param name="Resource">The labels of what it happened to.</param>
/// <param name="Related">The labels of what else was involved, in order.</param>
/// <param name="Text">Writes the whole event as it is kept and handed on; asked only for events that a trigger takes.</param>
public sealed record ObservedEvent(
    Guid Id,
    string Name,
    DateTimeOffset Occurred,
    IReadOnlyDictionary<string, string> Resource,
    IReadOnlyList<IReadOnlyDictionary<string, string>> Related,
    Func<RawJson> Text)
{
    internal const string IdLabel = "prefect.resource.id";
    private const string RoleLabel = "prefect.resource.role";
    private const string RelatedPrefix = "related:";

    private RawJson? _json;

    /// <summary>The whole event.</summary>
    public RawJson Json => _json ??= Text();

    public string ResourceId => Resource.GetValueOrDefault(IdLabel) ?? "";

    /// <summary>
    /// A label of the primary resource, or, by <c>related:role:label</c>, of the first related resource in that role. A role that
    /// nobody has falls back to the primary resource.
    /// </summary>
    public string? Label(string name)
    {
        if (name.StartsWith(RelatedPrefix, StringComparison.Ordinal))
        {
            var rest = name.AsSpan(RelatedPrefix.Length);
            var last = rest.LastIndexOf(':');
            if (last >= 0)
            {
                var role = rest[..last].ToString();
                foreach (var resource in Related)
                {
                    if (resource.GetValueOrDefault(RoleLabel) == role) return resource.GetValueOrDefault(rest[(last + 1)..].ToString());
                }
            }
        }
        return Resource.GetValueOrDefault(name);
    }
}
