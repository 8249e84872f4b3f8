using System.Text.Json.Serialization;

namespace Reeve.Contract.Events;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Countable))]
[JsonSerializable(typeof(EventPage))]
[JsonSerializable(typeof(LabelValues))]
[JsonSerializable(typeof(List<Event>))]
[JsonSerializable(typeof(List<EventCount>))]
[JsonSerializable(typeof(ReceivedEvent))]
internal sealed partial class EventWire : JsonSerializerContext;
