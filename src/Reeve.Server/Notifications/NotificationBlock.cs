using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reeve.Server.Notifications;

/// <summary>The data of a block, by the names and kinds that its type has.</summary>
internal sealed class NotificationBlock(string slug, JsonObject data)
{
    public string Slug { get; } = slug;

    /// <exception cref="NotificationInvalidException">It is not there.</exception>
    public string Text(string name) => OptionalText(name) ?? throw new NotificationInvalidException($"The block has no {name}.");

    public string? OptionalText(string name) => data[name] is JsonValue value
        ? value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()
        : null;

    public bool Flag(string name, bool otherwise) =>
        data[name] is JsonValue value && value.GetValueKind() is (JsonValueKind.True or JsonValueKind.False) ? value.GetValue<bool>() : otherwise;

    public double Number(string name, double otherwise) =>
        data[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : otherwise;

    public List<string> Texts(string name) => data[name] switch
    {
        JsonArray array => [.. array.OfType<JsonValue>().Select(static item => item.GetValueKind() == JsonValueKind.String ? item.GetValue<string>() : item.ToJsonString())],
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };

    public JsonObject? Map(string name) => data[name] as JsonObject;

    public JsonNode? Node(string name) => data[name];
}
