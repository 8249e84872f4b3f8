using System.Text.Json.Serialization;

namespace Reeve.Contract.Deployments;

[JsonConverter(typeof(JsonStringEnumConverter<DeploymentSort>))]
public enum DeploymentSort
{
    [JsonStringEnumMemberName("CREATED_DESC")] CreatedDesc,
    [JsonStringEnumMemberName("UPDATED_DESC")] UpdatedDesc,
    [JsonStringEnumMemberName("NAME_ASC")] NameAsc,
    [JsonStringEnumMemberName("NAME_DESC")] NameDesc,
}
