using Reeve.Core;

namespace Reeve.Contract.Events;

public sealed class ReceivedEvent
{
    public DateTimeOffset Occurred { get; set; }

    public string Event { get; set; } = "";

    public Dictionary<string, string> Resource { get; set; } = [];

    public List<Dictionary<string, string>> Related { get; set; } = [];

    public RawJson Payload { get; set; } = RawJson.EmptyObject;

    public Guid Id { get; set; }

    public Guid? Follows { get; set; }

    public DateTimeOffset Received { get; set; }
}
