namespace Reeve.Contract.Events;

public sealed class EventAnyResourceFilter
{
    public List<string>? Id { get; set; }

    public List<string>? IdPrefix { get; set; }

    public ResourceSpecification? Labels { get; set; }
}
