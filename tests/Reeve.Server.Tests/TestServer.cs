using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reeve.Server.Hosting;
using Reeve.Settings;
using Reeve.Settings.Views;
using Reeve.Testing;

namespace Reeve.Server.Tests;

/// <summary>The server in process, on a free port, over a migrated database of its own and a clock the test moves.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ReeveServer _server;
    private readonly HttpClient _http;
    private readonly bool _ownsDatabase;

    private readonly FaultLog _faults;

    private TestServer(TestDatabase database, ReeveServer server, TestClock clock, bool ownsDatabase, FaultLog faults)
    {
        _database = database;
        _ownsDatabase = ownsDatabase;
        _server = server;
        _faults = faults;
        Clock = clock;
        _http = new HttpClient { BaseAddress = new Uri(server.Address + "/api/") };
    }

    public TestClock Clock { get; }

    public TestDatabase Database => _database;

    public ReeveServer Server => _server;

    public HttpClient Http => _http;

    /// <summary>What the server logged as errors, newest last: the reasons of answers with 500.</summary>
    public IReadOnlyCollection<string> Faults => _faults.Faults;

    /// <summary>Starts one; <paramref name="settings"/> are variables such as <c>PREFECT_SERVER_API_AUTH_STRING=a:b</c>.</summary>
    public static async Task<TestServer> StartAsync(DatabaseKind kind, ServerRole? role = null, params string[] settings) =>
        await StartAsync(await MigratedDatabase.CreateAsync(kind), new TestClock(), ownsDatabase: true, role, settings);

    /// <summary>Starts another one over the database and clock of this one, which must outlive it.</summary>
    public Task<TestServer> StartBesideAsync(ServerRole? role = null, params string[] settings) =>
        StartAsync(_database, Clock, ownsDatabase: false, role, settings);

    private static async Task<TestServer> StartAsync(
        TestDatabase database, TestClock clock, bool ownsDatabase, ServerRole? role, string[] settings)
    {
        var environment = new Dictionary<string, string>
        {
            ["PREFECT_API_DATABASE_CONNECTION_URL"] = database.Url,
            ["PREFECT_API_DATABASE_MIGRATE_ON_START"] = "false",
            ["PREFECT_SERVER_API_PORT"] = "0",
            ["PREFECT_REEVE_STRICT_REQUESTS"] = "true",
            ["PREFECT_SERVER_REGISTER_BLOCKS_ON_START"] = "false",
            ["PREFECT_HOME"] = Path.GetTempPath(),
        };
        foreach (var setting in settings)
        {
            var at = setting.IndexOf('=', StringComparison.Ordinal);
            environment[setting[..at]] = setting[(at + 1)..];
        }
        var resolved = ResolvedSettings.Load(new SettingsInput
        {
            Environment = environment,
            WorkingDirectory = Path.GetTempPath(),
            UserDirectory = Path.GetTempPath(),
        });
        var faults = new FaultLog();
        var server = ReeveServer.Create(
            new ServerSettings(resolved), role ?? ServerRole.ApiOnly, clock, logging => logging.Services.AddSingleton<ILoggerProvider>(faults));
        await server.StartAsync();
        return new TestServer(database, server, clock, ownsDatabase, faults);
    }

    /// <summary>Sends a request; the path is relative to <c>/api/</c>, the body is JSON text.</summary>
    public async Task<(int Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        JsonNode? json;
        try
        {
            json = text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            json = JsonValue.Create(text);
        }
        return ((int)answer.StatusCode, json);
    }

    public Task<(int Status, JsonNode? Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<(int Status, JsonNode? Body)> PostAsync(string path, string body = "{}") => SendAsync(HttpMethod.Post, path, body);

    public Task<(int Status, JsonNode? Body)> PatchAsync(string path, string body) => SendAsync(HttpMethod.Patch, path, body);

    public Task<(int Status, JsonNode? Body)> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
        if (_ownsDatabase) await _database.DisposeAsync();
    }
}
