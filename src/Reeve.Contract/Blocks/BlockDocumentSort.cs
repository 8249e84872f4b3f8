using System.Text.Json.Serialization;

namespace Reeve.Contract.Blocks;

[JsonConverter(typeof(JsonStringEnumConverter<BlockDocumentSort>))]
public enum BlockDocumentSort
{
    [JsonStringEnumMemberName("NAME_DESC")] NameDesc,
    [JsonStringEnumMemberName("NAME_ASC")] NameAsc,
    [JsonStringEnumMemberName("BLOCK_TYPE_AND_NAME_ASC")] BlockTypeAndNameAsc,
}
