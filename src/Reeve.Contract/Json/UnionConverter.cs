using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Contract.Json;

/// <summary>
/// Chooses one of several types by what the object says of itself. A look ahead reads the names of its members and the text of its
/// discriminator; the chosen type is then read in the ordinary way.
/// </summary>
public abstract class UnionConverter<TBase> : JsonConverter<TBase>
    where TBase : class
{
    /// <summary>The member whose text tells the type, or null where only the shape does.</summary>
    protected abstract string? Discriminator { get; }

    /// <summary>The type for this discriminator (null when absent) and these members; null when there is none.</summary>
    protected abstract Type? Choose(string? discriminator, IReadOnlySet<string> members);

    public override TBase Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Expected an object.");
        var (discriminator, members) = Look(reader);
        var type = Choose(discriminator, members)
            ?? throw new JsonException(discriminator is null ? "The object has none of the expected shapes." : $"\"{discriminator}\" is not a known {Discriminator}.");
        return (TBase?)JsonSerializer.Deserialize(ref reader, options.GetTypeInfo(type)) ?? throw new JsonException("Expected an object.");
    }

    public override void Write(Utf8JsonWriter writer, TBase value, JsonSerializerOptions options)
        => JsonSerializer.Serialize(writer, value, options.GetTypeInfo(value.GetType()));

    private (string? Discriminator, HashSet<string> Members) Look(Utf8JsonReader reader)
    {
        string? discriminator = null;
        var members = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            members.Add(name);
            reader.Read();
            if (name == Discriminator)
                discriminator = reader.TokenType == JsonTokenType.String ? reader.GetString() : throw new JsonException($"{name} must be text.");
            reader.Skip();
        }

        return (discriminator, members);
    }
}
