namespace Reeve.Contract.Events;

public sealed class EventCount
{
    public string Value { get; set; } = "";

    public string Label { get; set; } = "";

    public int Count { get; set; }

    public DateTimeOffset StartTime { get; set; }

    public DateTimeOffset EndTime { get; set; }
}
