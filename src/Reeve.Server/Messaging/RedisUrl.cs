namespace Reeve.Server.Messaging;

/// <summary>
/// <c>redis://user:password@host:6379/0</c>; <c>rediss://</c> with TLS; <c>redis+sentinel://user:password@host:26379,host:26379/name/0</c> (or
/// <c>rediss+sentinel://</c>) for the master that Sentinels name. The rest are parameters in the words of Prefect's client of Redis.
/// </summary>
/// <param name="Hosts">Redis, or the Sentinels.</param>
/// <param name="Sentinel">What Sentinel calls the installation; null without Sentinel.</param>
/// <param name="Database">Number of the database.</param>
/// <param name="User">Null for the default one.</param>
/// <param name="Password">Null for none.</param>
/// <param name="Tls">Whether connections are encrypted.</param>
/// <param name="Parameters">Those behind the question mark.</param>
internal sealed record RedisUrl(
    IReadOnlyList<(string Host, int Port)> Hosts, string? Sentinel, int Database, string? User, string? Password, bool Tls, IReadOnlyDictionary<string, string> Parameters)
{
    private const string Name = "PREFECT_REDIS_MESSAGING_URL";

    /// <exception cref="ArgumentException">It is none; the message says what would be one.</exception>
    public static RedisUrl Parse(string text)
    {
        var (scheme, rest) = Split(text.Trim(), "://");
        var kind = scheme.ToLowerInvariant();
        if (rest is null || kind is not ("redis" or "rediss" or "redis+sentinel" or "rediss+sentinel"))
        {
            throw new ArgumentException(
                kind.EndsWith("+cluster", StringComparison.Ordinal)
                    ? $"{Name} is the address of a cluster, which is not supported. Use a single Redis or Sentinel: redis+sentinel://host:26379/name/0."
                    : $"{Name} is no address of Redis; it looks like redis://user:password@host:6379/0, rediss:// with TLS, or redis+sentinel://host:26379/name/0.");
        }

        var isSentinel = kind.EndsWith("+sentinel", StringComparison.Ordinal);
        var at = rest.LastIndexOf('@');
        var (user, password) = at < 0 ? ("", null) : Split(rest[..at], ":");
        var (before, query) = Split(rest[(at + 1)..], "?");
        var (hosts, path) = Split(before, "/");
        string? sentinel = null;
        var number = path ?? "";
        if (isSentinel)
        {
            (sentinel, var database) = Split(number, "/");
            number = database ?? "";
            if (sentinel.Length == 0) throw new ArgumentException($"{Name} names Sentinels but not whom to ask them for; it looks like redis+sentinel://host:26379/name/0.");
        }

        var parameters = Read(query ?? "");
        if (number.Length == 0) number = parameters.GetValueOrDefault("db", "0");
        return new RedisUrl(
            [.. hosts.Split(',').Select(host => Host(host, isSentinel ? 26379 : 6379))], sentinel, Number(number), user.Length == 0 ? null : Uri.UnescapeDataString(user),
            string.IsNullOrEmpty(password) ? null : Uri.UnescapeDataString(password), kind.StartsWith("rediss", StringComparison.Ordinal), parameters);
    }

    private static (string Host, int Port) Host(string text, int otherwise)
    {
        // [::1]:6379, host:6379, host
        var colon = text.LastIndexOf(':');
        if (colon <= text.LastIndexOf(']')) colon = -1;
        var host = (colon < 0 ? text : text[..colon]).Trim('[', ']');
        if (host.Length == 0) host = "localhost";
        if (colon < 0) return (host, otherwise);
        return int.TryParse(text[(colon + 1)..], out var port) && port is > 0 and < 65536 ? (host, port)
            : throw new ArgumentException($"{Name} has a port that is no number between 1 and 65535; characters such as @ : / in a password must be percent encoded.");
    }

    private static int Number(string text) => int.TryParse(text.Trim('/'), out var number) && number >= 0 ? number
        : throw new ArgumentException($"{Name} names the database '{text}', which is no number.");

    private static Dictionary<string, string> Read(string query) =>
        query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static pair => Split(pair, "="))
            .GroupBy(static pair => pair.Before, static pair => Uri.UnescapeDataString(pair.After ?? ""), StringComparer.Ordinal)
            .ToDictionary(static pair => pair.Key, static pair => pair.Last(), StringComparer.Ordinal);

    private static (string Before, string? After) Split(string text, string separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + separator.Length)..]);
    }
}
