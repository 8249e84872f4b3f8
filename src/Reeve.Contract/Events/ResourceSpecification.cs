namespace Reeve.Contract.Events;

/// <summary>Labels a resource must carry, each with the values that will do; patterns may end in <c>*</c> and start with <c>!</c>.</summary>
public sealed class ResourceSpecification : Dictionary<string, LabelValues>
{
    public ResourceSpecification()
        : base(StringComparer.Ordinal)
    {
    }
}
