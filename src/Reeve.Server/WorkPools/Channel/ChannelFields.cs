using System.Text.Json;

namespace Reeve.Server.WorkPools.Channel;

/// <summary>An object in which only some keys are allowed. Whatever does not fit ends the channel.</summary>
/// <exception cref="ChannelClosedException">What is asked for is not there, or not of that kind.</exception>
internal readonly struct ChannelFields
{
    private readonly JsonElement _object;

    public ChannelFields(JsonElement element, params ReadOnlySpan<string> allowed)
    {
        _object = element;
        if (element.ValueKind != JsonValueKind.Object) throw ChannelClosedException.Protocol;
        foreach (var member in element.EnumerateObject())
        {
            if (!allowed.Contains(member.Name)) throw ChannelClosedException.Protocol;
        }
    }

    public bool Has(string name) => _object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Text that is not empty.</summary>
    public string Text(string name) =>
        Get(name, JsonValueKind.String).GetString() is { Length: > 0 } text ? text : throw ChannelClosedException.Protocol;

    public Guid Id(string name) => Guid.TryParse(Text(name), out var id) ? id : throw ChannelClosedException.Protocol;

    public JsonElement Object(string name) => Get(name, JsonValueKind.Object);

    public int Number(string name, int least) =>
        Get(name, JsonValueKind.Number).TryGetInt32(out var number) && number >= least ? number : throw ChannelClosedException.Protocol;

    public bool Flag(string name) => _object.TryGetProperty(name, out var value) && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw ChannelClosedException.Protocol,
    };

    /// <summary>A list of texts that are not empty; an absent one is empty.</summary>
    public List<string> Texts(string name)
    {
        if (!_object.TryGetProperty(name, out var list)) return [];
        if (list.ValueKind != JsonValueKind.Array) throw ChannelClosedException.Protocol;
        var texts = new List<string>();
        foreach (var item in list.EnumerateArray())
        {
            texts.Add(item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 } text ? text : throw ChannelClosedException.Protocol);
        }
        return texts;
    }

    private JsonElement Get(string name, JsonValueKind kind) =>
        _object.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : throw ChannelClosedException.Protocol;
}
