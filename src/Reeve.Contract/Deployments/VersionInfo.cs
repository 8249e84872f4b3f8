using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Contract.Deployments;

public sealed class VersionInfo
{
    public string Type { get; set; } = "";

    public string Version { get; set; } = "";

    /// <summary>Whatever else the client says of the version.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; set; }
}
