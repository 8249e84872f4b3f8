using System.Text.Json.Serialization;

namespace Reeve.Core.Orchestration;

/// <summary>What happens to a run of a deployment whose concurrency limit is full.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CollisionStrategy>))]
public enum CollisionStrategy
{
    /// <summary>The run waits and tries again.</summary>
    [JsonStringEnumMemberName("ENQUEUE")] Enqueue,

    /// <summary>The run is cancelled.</summary>
    [JsonStringEnumMemberName("CANCEL_NEW")] CancelNew,
}
