namespace Reeve.Contract.Events;

public sealed class EventResourceFilter
{
    public List<string>? Id { get; set; }

    public List<string>? IdPrefix { get; set; }

    public ResourceSpecification? Labels { get; set; }

    public bool Distinct { get; set; }
}
