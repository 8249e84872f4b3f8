using System.Text.Json.Serialization;

namespace Reeve.Contract.Concurrency;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ConcurrencyLeaseAcquireRequest))]
[JsonSerializable(typeof(ConcurrencyLeaseReleaseRequest))]
[JsonSerializable(typeof(ConcurrencyLeaseRenewRequest))]
[JsonSerializable(typeof(ConcurrencyLimit))]
[JsonSerializable(typeof(ConcurrencyLimitCreate))]
[JsonSerializable(typeof(ConcurrencyLimitFilterRequest))]
[JsonSerializable(typeof(ConcurrencyLimitV2))]
[JsonSerializable(typeof(ConcurrencyLimitV2Create))]
[JsonSerializable(typeof(ConcurrencyLimitV2FilterRequest))]
[JsonSerializable(typeof(ConcurrencyLimitV2Update))]
[JsonSerializable(typeof(ConcurrencyLimitWithLeaseResponse))]
[JsonSerializable(typeof(ConcurrencySlotDecrementRequest))]
[JsonSerializable(typeof(ConcurrencySlotIncrementRequest))]
[JsonSerializable(typeof(GlobalConcurrencyLimitResponse))]
[JsonSerializable(typeof(List<ConcurrencyLimit>))]
[JsonSerializable(typeof(List<GlobalConcurrencyLimitResponse>))]
[JsonSerializable(typeof(List<MinimalConcurrencyLimitResponse>))]
[JsonSerializable(typeof(TagConcurrencyDecrementRequest))]
[JsonSerializable(typeof(TagConcurrencyIncrementRequest))]
[JsonSerializable(typeof(TagConcurrencyResetRequest))]
internal sealed partial class ConcurrencyWire : JsonSerializerContext;
