using Reeve.Client;
using Reeve.Settings;
using Reeve.Settings.Views;

namespace Reeve.Cli.Hosting;

/// <summary>From the settings to a client.</summary>
internal static class ClientFactory
{
    public static ReeveClient Create(ResolvedSettings resolved, TimeProvider clock, bool waitForServer)
    {
        var settings = new ClientSettings(resolved);
        var address = ApiUrl(resolved);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new CliException($"PREFECT_API_URL='{address}' is no address; it looks like http://127.0.0.1:4200/api.");
        return new ReeveClient(
            new ClientOptions
            {
                ApiUrl = url,
                AuthString = settings.AuthString,
                ApiKey = settings.ApiKey,
                RequestTimeout = settings.RequestTimeout,
                MaxRetries = settings.MaxRetries,
                RetryJitterFactor = settings.RetryJitterFactor,
                RetryExtraCodes = [.. settings.RetryExtraCodes.Select(code => (int)code)],
                CsrfSupport = settings.CsrfSupportEnabled,
                Headers = settings.CustomHeaders,
                SkipCertificateCheck = settings.TlsInsecureSkipVerify,
                CertificateFile = settings.SslCertFile,
                WaitForServer = waitForServer,
            },
            clock);
    }

    /// <summary>The API's address: the setting, or where a server with these settings would listen.</summary>
    public static string ApiUrl(ResolvedSettings settings)
    {
        if (new ClientSettings(settings).ApiUrl is { } url) return url;
        var server = new ServerApiSettings(settings);
        var host = server.Host is "0.0.0.0" or "::" or "" ? "127.0.0.1" : server.Host;
        return $"http://{host}:{server.Port}{server.BasePath}";
    }
}
