namespace Reeve.Contract.Events;

public sealed class EventRelatedFilter
{
    public List<string>? Id { get; set; }

    public List<string>? Role { get; set; }

    public List<List<string>>? ResourcesInRoles { get; set; }

    public ResourceSpecification? Labels { get; set; }
}
