using System.Text.RegularExpressions;

namespace Reeve.Server.Http;

/// <summary>What a client says about itself in its headers.</summary>
internal static partial class ClientHeaders
{
    private static readonly Version Oldest = new(0, 8, 0);

    // Clients of one installation nearly always say the same; the last answer of each kind is kept.
    private static Tuple<string, Version>? lastApi;
    private static Tuple<string, string?>? lastClient;

    /// <exception cref="ApiException">400: the header is malformed or asks for a version that is no longer served.</exception>
    public static Version? ApiVersion(HttpRequest request)
    {
        if (!request.Headers.TryGetValue("X-PREFECT-API-VERSION", out var header) || header.ToString().Length == 0) return null;
        var text = header.ToString();
        if (lastApi is { } last && last.Item1 == text) return last.Item2;
        if (!VersionText().IsMatch(text) || !Version.TryParse(text, out var version))
        {
            throw ApiException.Detail(400, $"Invalid X-PREFECT-API-VERSION header format.Expected header in format 'x.y.z' but received {text}");
        }
        if (version < Oldest)
        {
            throw ApiException.Detail(400, $"The request specified API version {text} but this server requires version 0.8.0 or higher.");
        }
        lastApi = Tuple.Create(text, version);
        return version;
    }

    public static string? ClientVersion(HttpRequest request)
    {
        var text = request.Headers.UserAgent.ToString();
        if (lastClient is { } last && last.Item1 == text) return last.Item2;
        var match = UserAgent().Match(text);
        var version = match.Success ? match.Groups[1].Value : null;
        lastClient = Tuple.Create(text, version);
        return version;
    }

    [GeneratedRegex(@"^\d{1,9}\.\d{1,9}\.\d{1,9}$", RegexOptions.CultureInvariant)]
    private static partial Regex VersionText();

    [GeneratedRegex(@"^prefect/(\d+\.\d+\.\d+(?:[a-z.+0-9]+)?) \(API \S+\)$", RegexOptions.CultureInvariant)]
    private static partial Regex UserAgent();
}
