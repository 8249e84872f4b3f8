using System.Text.Json.Serialization;

namespace Reeve.Contract.Concurrency;

[JsonConverter(typeof(JsonStringEnumConverter<ConcurrencyLeaseHolderType>))]
public enum ConcurrencyLeaseHolderType
{
    [JsonStringEnumMemberName("flow_run")] FlowRun,
    [JsonStringEnumMemberName("task_run")] TaskRun,
    [JsonStringEnumMemberName("deployment")] Deployment,
}
