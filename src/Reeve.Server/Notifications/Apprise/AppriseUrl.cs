using Microsoft.AspNetCore.WebUtilities;

namespace Reeve.Server.Notifications.Apprise;

/// <summary>
/// An address of the form <c>scheme://user:password@host:port/path?parameters</c>, read as Apprise reads it: hosts are often keys, so case is
/// kept, and <c>#</c> is part of the path.
/// </summary>
/// <param name="Scheme">In lower case.</param>
/// <param name="User">Null when there is none; so the password.</param>
/// <param name="Host">Without port; empty when there is none.</param>
/// <param name="Port">Null when none is given.</param>
/// <param name="Path">The parts between slashes, without empty ones.</param>
internal sealed record AppriseUrl(string Scheme, string? User, string? Password, string Host, int? Port, IReadOnlyList<string> Path)
{
    private Dictionary<string, string> _query = [];

    /// <summary>Parameters whose name begins with a plus, which Apprise sends as headers.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers =>
        _query.Where(static one => one.Key.Length > 1 && one.Key[0] == '+').Select(static one => KeyValuePair.Create(one.Key[1..], one.Value));

    /// <summary>The host with its port.</summary>
    public string Authority => Port is { } port ? $"{Host}:{port}" : Host;

    /// <summary>The path as it is in a URL of the web, from the first slash.</summary>
    public string WebPath => string.Concat(Path.Select(static part => "/" + Uri.EscapeDataString(part)));

    public string? Query(string name) => _query.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public bool Flag(string name, bool otherwise) => Query(name)?.ToLowerInvariant() switch
    {
        "yes" or "true" or "1" or "on" => true, "no" or "false" or "0" or "off" => false, _ => otherwise,
    };

    /// <summary>Null when it has no scheme.</summary>
    public static AppriseUrl? TryParse(string text)
    {
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon <= 0) return null;
        var scheme = text[..colon].ToLowerInvariant();
        var rest = text[(colon + 3)..];
        var mark = rest.IndexOf('?', StringComparison.Ordinal);
        var query = mark < 0 ? [] : QueryHelpers.ParseQuery(rest[mark..]).ToDictionary(static one => one.Key.Replace(' ', '+'), static one => one.Value[0] ?? "", StringComparer.OrdinalIgnoreCase);
        if (mark >= 0) rest = rest[..mark];
        // The key of a Rocket.Chat webhook has a slash in it and stands before the host.
        var at = rest.LastIndexOf('@');
        var slash = rest.IndexOf('/', scheme.StartsWith("rocket", StringComparison.Ordinal) && at > 0 ? at : 0);
        var authority = slash < 0 ? rest : rest[..slash];
        at = authority.LastIndexOf('@');
        var login = at < 0 ? [] : authority[..at].Split(':', 2);
        var host = authority[(at + 1)..];
        var portMark = host.LastIndexOf(':');
        int? port = portMark >= 0 && int.TryParse(host.AsSpan(portMark + 1), out var number) && number is > 0 and < 65536 ? number : null;
        return new AppriseUrl(
            scheme, login.Length > 0 ? Uri.UnescapeDataString(login[0]) : null, login.Length > 1 ? Uri.UnescapeDataString(login[1]) : null,
            Uri.UnescapeDataString(port is null ? host : host[..portMark]), port,
            slash < 0 ? [] : [.. rest[slash..].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)]) { _query = query };
    }
}
