namespace Reeve.Contract.Events;

public sealed class EventIdFilter
{
    public List<Guid>? Id { get; set; }
}
