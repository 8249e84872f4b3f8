using System.Text.Json.Serialization;
using Reeve.Core;

namespace Reeve.Contract.Events;

public sealed class Event
{
    public DateTimeOffset Occurred { get; set; }

    [JsonPropertyName("event")]
    public string Name { get; set; } = "";

    public Dictionary<string, string> Resource { get; set; } = [];

    public List<Dictionary<string, string>> Related { get; set; } = [];

    public RawJson Payload { get; set; } = RawJson.EmptyObject;

    public Guid Id { get; set; }

    public Guid? Follows { get; set; }
}
