using System.Text.Json.Serialization;

namespace Reeve.Contract.FlowRuns;

[JsonConverter(typeof(JsonStringEnumConverter<FlowRunSort>))]
public enum FlowRunSort
{
    [JsonStringEnumMemberName("ID_DESC")] IdDesc,
    [JsonStringEnumMemberName("START_TIME_ASC")] StartTimeAsc,
    [JsonStringEnumMemberName("START_TIME_DESC")] StartTimeDesc,
    [JsonStringEnumMemberName("EXPECTED_START_TIME_ASC")] ExpectedStartTimeAsc,
    [JsonStringEnumMemberName("EXPECTED_START_TIME_DESC")] ExpectedStartTimeDesc,
    [JsonStringEnumMemberName("NAME_ASC")] NameAsc,
    [JsonStringEnumMemberName("NAME_DESC")] NameDesc,
    [JsonStringEnumMemberName("NEXT_SCHEDULED_START_TIME_ASC")] NextScheduledStartTimeAsc,
    [JsonStringEnumMemberName("END_TIME_DESC")] EndTimeDesc,
}
