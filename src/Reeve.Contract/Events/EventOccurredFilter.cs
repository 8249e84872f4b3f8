namespace Reeve.Contract.Events;

public sealed class EventOccurredFilter
{
    public DateTimeOffset? Since { get; set; }

    public DateTimeOffset? Until { get; set; }
}
