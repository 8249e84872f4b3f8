using System.Text.Json.Serialization;

namespace Reeve.Core.Orchestration;

/// <summary>The answer to a proposed state.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SetStateStatus>))]
public enum SetStateStatus
{
    /// <summary>The proposed state was stored.</summary>
    [JsonStringEnumMemberName("ACCEPT")] Accept,

    /// <summary>Another state was stored, or none.</summary>
    [JsonStringEnumMemberName("REJECT")] Reject,

    /// <summary>Nothing was stored and the caller should give up.</summary>
    [JsonStringEnumMemberName("ABORT")] Abort,

    /// <summary>Nothing was stored; propose again later.</summary>
    [JsonStringEnumMemberName("WAIT")] Wait,
}
