using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.ResponseCompression;
using Reeve.Server.Http.WebSockets;
using Reeve.Settings.Views;

namespace Reeve.Server.Http;

/// <summary>The parts of ASP.NET Core that stand around the API.</summary>
internal static class HttpSetup
{
    public static void Add(IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton<ApiPipeline>();
        services.AddSingleton<BasicAuth>();
        services.AddSingleton<CsrfGuard>();
        services.AddSingleton<HttpMeters>();
        services.AddSingleton<SocketFarewells>();
        services.AddHostedService(static all => all.GetRequiredService<SocketFarewells>());
        services.AddRoutingCore();
        services.Configure<RouteOptions>(static routes => routes.SetParameterPolicy<UuidConstraint>("uuid"));
        services.AddCors(cors => cors.AddDefaultPolicy(policy => Allow(policy, settings.Api)));
        services.AddSingleton<IResponseCompressionProvider, SizedCompression>();
        services.AddResponseCompression(static compression =>
        {
            compression.Providers.Add<GzipCompressionProvider>();
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "text/csv"];
        });
    }

    public static void Use(WebApplication app, ServerSettings settings)
    {
        HealthPort.Use(app, settings);
        app.UseCors();
        SocketRoutes.Use(app, settings.Api);
        app.UseWhen(static http => http.Request.Headers.AcceptEncoding.Count > 0, static app => app.UseResponseCompression());
        app.Use(UnansweredAsync);
        app.UseRouting();
    }

    /// <summary>Gives the errors of routing (no such route, no such method) the body the contract wants.</summary>
    private static async Task UnansweredAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (http.Response.HasStarted || http.Response.ContentLength is not null) return;
        if (http.Response.StatusCode is 404 or 405) await http.RequestServices.GetRequiredService<ApiPipeline>().RunUnroutedAsync(http);
    }

    private static void Allow(CorsPolicyBuilder policy, ServerApiSettings api)
    {
        if (api.CorsAllowedOrigins is ["*"]) policy.AllowAnyOrigin();
        else policy.WithOrigins([.. api.CorsAllowedOrigins]);
        if (api.CorsAllowedMethods is ["*"]) policy.AllowAnyMethod();
        else policy.WithMethods([.. api.CorsAllowedMethods]);
        if (api.CorsAllowedHeaders is ["*"]) policy.AllowAnyHeader();
        else policy.WithHeaders([.. api.CorsAllowedHeaders]);
    }
}
