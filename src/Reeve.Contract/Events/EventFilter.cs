namespace Reeve.Contract.Events;

public sealed class EventFilter
{
    public EventOccurredFilter Occurred { get; set; } = new();

    public EventNameFilter? Event { get; set; }

    public EventResourceFilter? Resource { get; set; }

    public OneOrMany<EventRelatedFilter>? Related { get; set; }

    public OneOrMany<EventAnyResourceFilter>? AnyResource { get; set; }

    public EventIdFilter Id { get; set; } = new();

    public EventTextFilter? Text { get; set; }

    public EventOrder Order { get; set; } = EventOrder.Desc;
}
