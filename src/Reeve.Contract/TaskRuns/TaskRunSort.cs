using System.Text.Json.Serialization;

namespace Reeve.Contract.TaskRuns;

[JsonConverter(typeof(JsonStringEnumConverter<TaskRunSort>))]
public enum TaskRunSort
{
    [JsonStringEnumMemberName("ID_DESC")] IdDesc,
    [JsonStringEnumMemberName("EXPECTED_START_TIME_ASC")] ExpectedStartTimeAsc,
    [JsonStringEnumMemberName("EXPECTED_START_TIME_DESC")] ExpectedStartTimeDesc,
    [JsonStringEnumMemberName("NAME_ASC")] NameAsc,
    [JsonStringEnumMemberName("NAME_DESC")] NameDesc,
    [JsonStringEnumMemberName("NEXT_SCHEDULED_START_TIME_ASC")] NextScheduledStartTimeAsc,
    [JsonStringEnumMemberName("END_TIME_DESC")] EndTimeDesc,
}
