namespace Reeve.Contract.Events;

public sealed class EventPage
{
    public List<ReceivedEvent> Events { get; set; } = [];

    public int Total { get; set; }

    public string? NextPage { get; set; }
}
