using System.Security.Cryptography;
using System.Text;
using Reeve.Server.Hosting;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Server.Processes;

/// <summary>What this process says of itself.</summary>
internal static class ProcessDescription
{
    // Processes that differ in these do different things to the same rows.
    private static readonly string[] Shared =
    [
        "server.api.default_limit", "server.services.scheduler.min_runs", "server.services.scheduler.max_runs", "server.services.late_runs.after_seconds",
        "server.services.foreman.inactivity_heartbeat_multiple", "server.events.retention_period", "server.events.messaging_broker",
    ];

    public static ProcessInfo Create(ServerSettings settings, ServerRole role, ServiceRunner runner, DateTimeOffset now)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in settings.Resolved.All)
        {
            if (setting.Definition.Path is { } path && Shared.Contains(path)) values[setting.Definition.Variable] = (setting.Text ?? "").ReplaceLineEndings(" ");
        }
        values["PREFECT_SERVER_ENCRYPTION_KEY"] = Fingerprint(settings.EncryptionKey);
        if (role.ServesApi) values["PREFECT_SERVER_API_AUTH_STRING"] = Fingerprint(settings.Api.AuthString);
        var address = role.ServesApi && settings.Api.Port > 0 ? $"http://{settings.Api.Host}:{settings.Api.Port}{settings.Api.BasePath}" : null;
        var services = runner.All.Select(static service => service.Name).Where(name => runner.Find(name) is not null).ToList();
        return new ProcessInfo(Guid.NewGuid(), Environment.MachineName, Environment.ProcessId, Version, role.Name, address, services, values, now);
    }

    private static string Version => typeof(ProcessDescription).Assembly.GetName().Version?.ToString(3) ?? "unknown";

    /// <summary>Enough to see that two secrets differ, too little to find either.</summary>
    private static string Fingerprint(string? secret) =>
        string.IsNullOrEmpty(secret) ? "(unset)" : $"(set, {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("reeve " + secret)))[..6]})";
}
