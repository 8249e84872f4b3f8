using System.Text.Json.Serialization;

namespace Reeve.Contract.Flows;

[JsonConverter(typeof(JsonStringEnumConverter<FlowSort>))]
public enum FlowSort
{
    [JsonStringEnumMemberName("CREATED_DESC")] CreatedDesc,
    [JsonStringEnumMemberName("UPDATED_DESC")] UpdatedDesc,
    [JsonStringEnumMemberName("NAME_ASC")] NameAsc,
    [JsonStringEnumMemberName("NAME_DESC")] NameDesc,
}
