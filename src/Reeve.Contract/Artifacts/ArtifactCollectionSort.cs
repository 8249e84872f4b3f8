using System.Text.Json.Serialization;

namespace Reeve.Contract.Artifacts;

[JsonConverter(typeof(JsonStringEnumConverter<ArtifactCollectionSort>))]
public enum ArtifactCollectionSort
{
    [JsonStringEnumMemberName("CREATED_DESC")] CreatedDesc,
    [JsonStringEnumMemberName("UPDATED_DESC")] UpdatedDesc,
    [JsonStringEnumMemberName("ID_DESC")] IdDesc,
    [JsonStringEnumMemberName("KEY_DESC")] KeyDesc,
    [JsonStringEnumMemberName("KEY_ASC")] KeyAsc,
}
