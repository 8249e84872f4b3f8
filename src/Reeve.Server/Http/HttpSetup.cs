using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.ResponseCompression;

namespace Reeve.Server.Http;

/// <summary>The parts of ASP.NET Core that stand around the API.</summary>
internal static class HttpSetup
{

    public static void Add(IServiceCollection services, ApiOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<ApiPipeline>();
        services.AddSingleton<BasicAuth>();
        services.AddSingleton<CsrfGuard>();
        services.AddRoutingCore();
        services.Configure<RouteOptions>(static routes => routes.SetParameterPolicy<UuidConstraint>("uuid"));
        services.AddCors(cors => cors.AddDefaultPolicy(policy => Allow(policy, options)));
        services.AddResponseCompression(static compression =>
        {
            compression.Providers.Add<GzipCompressionProvider>();
            compression.EnableForHttps = true;
        });
    }

    public static void Use(WebApplication app, ApiOptions options)
    {
        app.UseCors();
        app.UseWhen(static http => http.Request.Headers.AcceptEncoding.Count > 0, static app => app.UseResponseCompression());
        app.Use(UnansweredAsync);
        app.UseRouting();
    }

    /// <summary>Gives the errors of routing (no such route, no such method) the body the contract wants.</summary>
    private static async Task UnansweredAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (http.Response.HasStarted || http.Response.ContentLength is not null) return;
        var message = http.Response.StatusCode switch
        {
            404 => "Not Found",
            405 => "Method Not Allowed",
            _ => null,
        };
        if (message is not null) await ErrorAnswers.WriteAsync(http, http.Response.StatusCode, "detail", message);
    }

    private static void Allow(CorsPolicyBuilder policy, ApiOptions options)
    {
        if (options.CorsOrigins == "*") policy.AllowAnyOrigin();
        else policy.WithOrigins(options.CorsOrigins.Split(',', StringSplitOptions.TrimEntries));
        if (options.CorsMethods == "*") policy.AllowAnyMethod();
        else policy.WithMethods(options.CorsMethods.Split(',', StringSplitOptions.TrimEntries));
        if (options.CorsHeaders == "*") policy.AllowAnyHeader();
        else policy.WithHeaders(options.CorsHeaders.Split(',', StringSplitOptions.TrimEntries));
    }
}
