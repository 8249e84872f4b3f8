using System.Text.Json.Serialization;

namespace Reeve.Contract.FlowRuns;

[JsonConverter(typeof(JsonStringEnumConverter<FlowRunCreateStatus>))]
public enum FlowRunCreateStatus
{
    [JsonStringEnumMemberName("CREATED")] Created,
    [JsonStringEnumMemberName("FAILED")] Failed,
}
