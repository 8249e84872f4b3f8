using System.Text.Json;
using Reeve.Client.Http;
using Reeve.Core;

namespace Reeve.Client;

/// <summary>The server itself.</summary>
public sealed class ServerClient
{
    private readonly ApiConnection _connection;

    internal ServerClient(ApiConnection connection) => _connection = connection;

    /// <summary>True when the server answers that it is healthy.</summary>
    public async Task<bool> HealthAsync(CancellationToken cancel = default)
    {
        using var answer = JsonDocument.Parse(await _connection.SendAsync(HttpMethod.Get, "health", null, cancel));
        return answer.RootElement.ValueKind == JsonValueKind.True;
    }

    /// <summary>The version of the server's package.</summary>
    public Task<string> VersionAsync(CancellationToken cancel = default) => TextAsync("admin/version", cancel);

    /// <summary>The version of the API, such as 0.8.4.</summary>
    public Task<string> ApiVersionAsync(CancellationToken cancel = default) => TextAsync("version", cancel);

    /// <summary>The server's settings, secrets masked.</summary>
    public async Task<RawJson> SettingsAsync(CancellationToken cancel = default) =>
        RawJson.Parse(await _connection.SendAsync(HttpMethod.Get, "admin/settings", null, cancel));

    /// <summary>Any answer as it is, for routes that have no types here.</summary>
    /// <param name="path">Below the API's address, without a leading slash.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<RawJson> GetAsync(string path, CancellationToken cancel = default) =>
        RawJson.Parse(await _connection.SendAsync(HttpMethod.Get, path, null, cancel));

    private async Task<string> TextAsync(string path, CancellationToken cancel)
    {
        using var answer = JsonDocument.Parse(await _connection.SendAsync(HttpMethod.Get, path, null, cancel));
        return answer.RootElement.ToString();
    }
}
