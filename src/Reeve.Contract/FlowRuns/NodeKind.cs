using System.Text.Json.Serialization;

namespace Reeve.Contract.FlowRuns;

[JsonConverter(typeof(JsonStringEnumConverter<NodeKind>))]
public enum NodeKind
{
    [JsonStringEnumMemberName("flow-run")] FlowRun,
    [JsonStringEnumMemberName("task-run")] TaskRun,
}
