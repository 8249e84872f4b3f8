namespace Reeve.Contract.Events;

public sealed class EventFilterRequest
{
    public EventFilter? Filter { get; set; }

    public int Limit { get; set; } = 50;
}
