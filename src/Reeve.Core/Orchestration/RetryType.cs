using System.Text.Json.Serialization;

namespace Reeve.Core.Orchestration;

/// <summary>How a flow run that awaits a retry is started again.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RetryType>))]
public enum RetryType
{
    /// <summary>The process that runs it waits and retries; workers must not pick it up.</summary>
    [JsonStringEnumMemberName("in_process")] InProcess,

    /// <summary>A worker starts it anew.</summary>
    [JsonStringEnumMemberName("reschedule")] Reschedule,
}
