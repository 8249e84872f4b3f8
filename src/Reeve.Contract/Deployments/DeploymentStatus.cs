using System.Text.Json.Serialization;

namespace Reeve.Contract.Deployments;

[JsonConverter(typeof(JsonStringEnumConverter<DeploymentStatus>))]
public enum DeploymentStatus
{
    [JsonStringEnumMemberName("READY")] Ready,
    [JsonStringEnumMemberName("NOT_READY")] NotReady,
}
