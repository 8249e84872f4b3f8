using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Npgsql;
using Reeve.Data;
using Reeve.Data.Postgres;
using Reeve.Data.Schema;
using Reeve.Server.Diagnostics;
using Reeve.Server.Http;
using Reeve.Server.Ui;
using Reeve.Settings;
using Reeve.Settings.Views;

namespace Reeve.Server.Hosting;

/// <summary>A server process: the composition root. Features say what they bring; this says who is there and in which order.</summary>
public sealed partial class ReeveServer : IAsyncDisposable
{
    /// <summary>The most that a stop may take; requests that are still under way then are dropped.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(25);

    /// <summary>How long a start waits for PostgreSQL: containers of one file start together, and a restart of the database may take its time.</summary>
    private static readonly TimeSpan DatabasePatience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan DatabasePause = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;
    private readonly Db _db;

    private readonly ServerSettings _settings;
    private readonly TimeProvider _clock;

    private ReeveServer(WebApplication app, Db db, ServerSettings settings, TimeProvider clock)
    {
        _app = app;
        _db = db;
        _settings = settings;
        _clock = clock;
    }

    /// <summary>The address that answers, once started, without a trailing slash and without the API's mount.</summary>
    public string Address =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public IServiceProvider Services => _app.Services;

    public static ReeveServer Create(
        ServerSettings settings, ServerRole role, TimeProvider clock, Action<ILoggingBuilder>? logging = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "reeve" });
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevels.Parse(settings.Logging.ServerLevel));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // A start that fails throws as well; whoever started it says so in words of ours.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging?.Invoke(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, settings));

        var db = Database.Open(settings.Database, role.Name, clock);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(db);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(role);
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = StopLimit);
        HttpSetup.Add(builder.Services, settings);
        Telemetry.Add(builder.Services, settings, builder.Configuration);
        Features.Add(builder.Services);

        var app = builder.Build();
        HttpSetup.Use(app, settings);
        UiFeature.Use(app);
        Features.Map(new ApiRoutes(app, app.Services.GetRequiredService<ApiPipeline>()));
        return new ReeveServer(app, db, settings, clock);
    }

    /// <summary>Brings the schema up to date, if the settings say so, then serves. A PostgreSQL that does not answer yet is waited for.</summary>
    /// <exception cref="SchemaException">The database is not one this server can use; the message says what to do.</exception>
    /// <exception cref="DatabaseException">The database refuses, or could not be reached for a minute.</exception>
    public async Task StartAsync(CancellationToken cancel = default)
    {
        if (_settings.Database.MigrateOnStart) await UpgradeAsync(cancel);
        if (_db is PostgresDb postgres)
        {
            postgres.OnSessionEnded = session => LogSessionEnded(_app.Logger, session.Pid, session.Name, session.Age.TotalSeconds);
            postgres.StartListening();
        }
        try
        {
            await _app.StartAsync(cancel);
        }
        catch
        {
            // What had started before, the services above all, ends in order while there still is a database.
            await _app.StopAsync(CancellationToken.None);
            throw;
        }
    }

    private async Task UpgradeAsync(CancellationToken cancel)
    {
        var migrator = Database.CreateMigrator(_settings.Database, _clock);
        var began = _clock.GetTimestamp();
        for (var told = false; ; told = true)
        {
            try
            {
                await migrator.UpgradeAsync(cancel);
                return;
            }
            catch (DatabaseException error) when (MayComeUp(error) && _clock.GetElapsedTime(began) < DatabasePatience)
            {
                if (!told) LogWaits(_app.Logger, error.Message, DatabasePatience.TotalSeconds);
                await Task.Delay(DatabasePause, _clock, cancel);
            }
        }
    }

    // Nobody listens there, the host has no address yet, or it starts. A file that cannot be opened or a refused TLS will not mend itself.
    private bool MayComeUp(DatabaseException error) =>
        error.Kind == DatabaseErrorKind.Unavailable && error.GetBaseException() is SocketException or IOException or TimeoutException or PostgresException
        && _db is PostgresDb;

    /// <summary>Ends when the process is told to (SIGTERM, SIGINT) or <see cref="StopAsync"/> is called.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancel = default) => _app.WaitForShutdownAsync(cancel);

    public Task StopAsync(CancellationToken cancel = default) => _app.StopAsync(cancel);

    private static void Listen(KestrelServerOptions kestrel, ServerSettings settings)
    {
        var api = settings.Api;
        kestrel.AddServerHeader = false;
        // Bodies are bounded where they are read, with an answer that says the bound.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.KeepAliveTimeout = api.KeepaliveTimeout;
        if (api.Host is "localhost") kestrel.ListenLocalhost(api.Port);
        else if (IPAddress.TryParse(api.Host, out var address)) kestrel.Listen(address, api.Port);
        else kestrel.Listen(Resolve(api.Host), api.Port);
        if (settings.Reeve.HealthPort is { } port && port != api.Port) kestrel.ListenAnyIP(port);
    }

    private static IPAddress Resolve(string host)
    {
        try
        {
            return Dns.GetHostAddresses(host)[0];
        }
        catch (SocketException error)
        {
            throw new SettingsException($"Cannot listen on '{host}': {error.Message}. Set PREFECT_SERVER_API_HOST (or --host) to an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _db.DisposeAsync();
    }

    [LoggerMessage(1101, LogLevel.Warning, "{Message}. Waiting for it, up to {Seconds:0} s")]
    private static partial void LogWaits(ILogger log, string message, double seconds);

    [LoggerMessage(1102, LogLevel.Warning,
        "Ended session {Pid} ({Name}) of PostgreSQL: for {Seconds:0} s it had waited for the rest of a batch, and others for its locks. Its process is held still, starved or cut off")]
    private static partial void LogSessionEnded(ILogger log, int pid, string name, double seconds);
}
