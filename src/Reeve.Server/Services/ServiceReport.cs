using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Server.Services;

/// <summary>What a process tells of a service that it runs.</summary>
/// <param name="Name">The service, as in the catalogue.</param>
/// <param name="Interval">The longest it sleeps between two passes.</param>
internal sealed record ServiceReport(string Name, ServiceState State, TimeSpan Interval, ServiceHealth Health)
{
    /// <summary>As one line of text, for the table of processes.</summary>
    public static string Write(IReadOnlyList<ServiceReport> reports) => JsonSerializer.Serialize(reports, ServiceReportJson.Default.IReadOnlyListServiceReport);

    /// <summary>The reports of a line; none where the line is of a version that writes them otherwise.</summary>
    public static IReadOnlyList<ServiceReport> Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ServiceReportJson.Default.IReadOnlyListServiceReport) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<ServiceReport>))]
internal sealed partial class ServiceReportJson : JsonSerializerContext;
