namespace Reeve.Contract.Events;

public sealed class EventTextFilter
{
    public string Query { get; set; } = "";
}
