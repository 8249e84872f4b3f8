using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Reeve.Data;
using Reeve.Data.Postgres;
using Reeve.Server.Http;

namespace Reeve.Server.Hosting;

/// <summary>A server process: the composition root. Features say what they bring; this says who is there and in which order.</summary>
public sealed class ReeveServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Db _db;

    private ReeveServer(WebApplication app, Db db)
    {
        _app = app;
        _db = db;
    }

    /// <summary>The address that answers, once started, without a trailing slash and without the API's mount.</summary>
    public string Address =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public IServiceProvider Services => _app.Services;

    public static ReeveServer Create(ServerConfig config, TimeProvider clock, Action<ILoggingBuilder>? logging = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "reeve" });
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(config.LogLevel);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        logging?.Invoke(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, config));

        var db = DbFactory.Create(config, clock);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(db);
        builder.Services.AddSingleton(config);
        HttpSetup.Add(builder.Services, config.Api);
        Features.Add(builder.Services);

        var app = builder.Build();
        HttpSetup.Use(app, config.Api);
        Features.Map(new ApiRoutes(app, app.Services.GetRequiredService<ApiPipeline>()));
        return new ReeveServer(app, db);
    }

    public async Task StartAsync(CancellationToken cancel = default)
    {
        if (_db is PostgresDb postgres) postgres.StartListening();
        await _app.StartAsync(cancel);
    }

    /// <summary>Ends when the process is told to (SIGTERM, SIGINT) or <see cref="StopAsync"/> is called.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancel = default) => _app.WaitForShutdownAsync(cancel);

    public Task StopAsync(CancellationToken cancel = default) => _app.StopAsync(cancel);

    private static void Listen(KestrelServerOptions kestrel, ServerConfig config)
    {
        kestrel.AddServerHeader = false;
        // Bodies are bounded where they are read, with an answer that says the bound.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.KeepAliveTimeout = config.Api.KeepAlive;
        if (config.Host is "localhost") kestrel.ListenLocalhost(config.Port);
        else if (IPAddress.TryParse(config.Host, out var address)) kestrel.Listen(address, config.Port);
        else kestrel.Listen(Dns.GetHostAddresses(config.Host)[0], config.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _db.DisposeAsync();
    }
}
