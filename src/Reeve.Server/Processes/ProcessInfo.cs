using Reeve.Server.Services;

namespace Reeve.Server.Processes;

/// <summary>A process that uses the database, as it describes itself.</summary>
/// <param name="Services">The background services it runs.</param>
/// <param name="Settings">Values that all processes should agree on, by variable; secrets as fingerprints.</param>
internal sealed record ProcessInfo(
    Guid Id, string Host, int Pid, string Version, string Role, string? Address, IReadOnlyList<string> Services, IReadOnlyDictionary<string, string> Settings, DateTimeOffset Started)
{
    /// <summary>How its services did when it last said that it lives.</summary>
    public IReadOnlyList<ServiceReport> Reports { get; init; } = [];
}
