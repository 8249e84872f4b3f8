namespace Reeve.Contract.Events;

public sealed class EventCountRequest
{
    public EventFilter Filter { get; set; } = new();

    public TimeUnit TimeUnit { get; set; } = TimeUnit.Day;

    public double TimeInterval { get; set; } = 1.0;
}
