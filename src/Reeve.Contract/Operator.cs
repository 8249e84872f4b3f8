using System.Text.Json.Serialization;

namespace Reeve.Contract;

[JsonConverter(typeof(JsonStringEnumConverter<Operator>))]
public enum Operator
{
    [JsonStringEnumMemberName("and_")] And,
    [JsonStringEnumMemberName("or_")] Or,
}
