using Reeve.Settings.Views;

namespace Reeve.Server.Services;

/// <summary>A background service as it is listed.</summary>
/// <param name="Name">What it is called on the command line and in the live picture.</param>
/// <param name="ReferenceClass">The class or function of Prefect that does this work.</param>
/// <param name="Description">What it does, in one sentence.</param>
/// <param name="Setting">The environment variable that switches it on or off.</param>
/// <param name="IsEnabled">Whether the settings switch it on.</param>
public sealed record ServiceInfo(
    string Name, string ReferenceClass, string Description, string Setting, Func<ServerSettings, bool> IsEnabled)
{
    /// <summary>The service that does this work along with its own, where Prefect has two.</summary>
    public string? PartOf { get; init; }
}
