using System.Text.Json.Serialization;

namespace Reeve.Contract.States;

[JsonConverter(typeof(JsonStringEnumConverter<SetStateStatus>))]
public enum SetStateStatus
{
    [JsonStringEnumMemberName("ACCEPT")] Accept,
    [JsonStringEnumMemberName("REJECT")] Reject,
    [JsonStringEnumMemberName("ABORT")] Abort,
    [JsonStringEnumMemberName("WAIT")] Wait,
}
