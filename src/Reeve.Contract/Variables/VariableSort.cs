using System.Text.Json.Serialization;

namespace Reeve.Contract.Variables;

[JsonConverter(typeof(JsonStringEnumConverter<VariableSort>))]
public enum VariableSort
{
    [JsonStringEnumMemberName("CREATED_DESC")] CreatedDesc,
    [JsonStringEnumMemberName("UPDATED_DESC")] UpdatedDesc,
    [JsonStringEnumMemberName("NAME_DESC")] NameDesc,
    [JsonStringEnumMemberName("NAME_ASC")] NameAsc,
}
