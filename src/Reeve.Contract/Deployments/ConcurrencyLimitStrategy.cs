using System.Text.Json.Serialization;

namespace Reeve.Contract.Deployments;

[JsonConverter(typeof(JsonStringEnumConverter<ConcurrencyLimitStrategy>))]
public enum ConcurrencyLimitStrategy
{
    [JsonStringEnumMemberName("ENQUEUE")] Enqueue,
    [JsonStringEnumMemberName("CANCEL_NEW")] CancelNew,
}
