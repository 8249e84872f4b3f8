using System.Text.Json.Serialization;

namespace Reeve.Contract.Automations;

[JsonConverter(typeof(JsonStringEnumConverter<AutomationSort>))]
public enum AutomationSort
{
    [JsonStringEnumMemberName("CREATED_DESC")] CreatedDesc,
    [JsonStringEnumMemberName("UPDATED_DESC")] UpdatedDesc,
    [JsonStringEnumMemberName("NAME_ASC")] NameAsc,
    [JsonStringEnumMemberName("NAME_DESC")] NameDesc,
}
