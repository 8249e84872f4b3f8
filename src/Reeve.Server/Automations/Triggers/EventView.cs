using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Events;
using Reeve.Core;
using Reeve.Core.Automations;

namespace Reeve.Server.Automations.Triggers;

/// <summary>Events as triggers see them, and back.</summary>
internal static class EventView
{
    public static ObservedEvent Of(ReceivedEvent told) => new(
        told.Id, told.Event, told.Occurred, told.Resource, told.Related, () => RawJson.From(told, ReeveJson.TypeInfo<ReceivedEvent>()));

    public static ReceivedEvent Read(RawJson json) => JsonSerializer.Deserialize(json.Utf8.Span, ReeveJson.TypeInfo<ReceivedEvent>())!;
}
