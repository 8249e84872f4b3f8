using System.Text.Json.Serialization;

namespace Reeve.Contract.Concurrency;

[JsonConverter(typeof(JsonStringEnumConverter<ConcurrencyLimitMode>))]
public enum ConcurrencyLimitMode
{
    [JsonStringEnumMemberName("concurrency")] Concurrency,
    [JsonStringEnumMemberName("rate_limit")] RateLimit,
}
