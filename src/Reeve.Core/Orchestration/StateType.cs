using System.Text.Json.Serialization;

namespace Reeve.Core.Orchestration;

/// <summary>The nine kinds of state a flow run or task run can be in. Stored and sent in upper case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StateType>))]
public enum StateType
{
    [JsonStringEnumMemberName("SCHEDULED")] Scheduled,
    [JsonStringEnumMemberName("PENDING")] Pending,
    [JsonStringEnumMemberName("RUNNING")] Running,
    [JsonStringEnumMemberName("COMPLETED")] Completed,
    [JsonStringEnumMemberName("FAILED")] Failed,
    [JsonStringEnumMemberName("CANCELLED")] Cancelled,
    [JsonStringEnumMemberName("CRASHED")] Crashed,
    [JsonStringEnumMemberName("PAUSED")] Paused,
    [JsonStringEnumMemberName("CANCELLING")] Cancelling,
}
