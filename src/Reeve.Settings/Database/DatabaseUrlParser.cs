namespace Reeve.Settings.Database;

/// <summary>Splits a database URL. Follows SQLAlchemy where it is strict and libpq where it is rich.</summary>
internal static class DatabaseUrlParser
{
    public static bool TryParse(string text, out DatabaseUrl? url, out string problem)
    {
        url = null;
        text = text.Trim();
        var end = text.IndexOf("://", StringComparison.Ordinal);
        if (end <= 0)
        {
            problem = "a URL such as postgresql://user:password@host:5432/name or sqlite:////path/to/file.db is expected.";
            return false;
        }

        var scheme = text[..end].ToLowerInvariant();
        var dialect = scheme.Split('+')[0];
        var rest = text[(end + 3)..];
        switch (dialect)
        {
            case "sqlite":
                return SqliteUrlParser.TryParse(rest, out url, out problem);
            case "postgresql" or "postgres" or "pgsql" or "cockroachdb":
                return TryParsePostgres(rest, out url, out problem);
            default:
                problem = $"'{scheme}' is not supported; postgresql or sqlite is expected.";
                return false;
        }
    }

    /// <summary>The pairs of a query, decoded; + is a space.</summary>
    internal static List<KeyValuePair<string, string>> ParseQuery(string query)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=');
            var name = equals < 0 ? part : part[..equals];
            var value = equals < 0 ? "" : part[(equals + 1)..];
            pairs.Add(new(Decode(name.Replace('+', ' ')), Decode(value.Replace('+', ' '))));
        }

        return pairs;
    }

    internal static (string Before, string Query) SplitQuery(string rest)
    {
        var question = rest.IndexOf('?');
        return question < 0 ? (rest, "") : (rest[..question], rest[(question + 1)..]);
    }

    private static bool TryParsePostgres(string rest, out DatabaseUrl? url, out string problem)
    {
        url = null;
        // A password may hold / and ?, unescaped: what comes before the last @ of the part that has one is not the address.
        var (address, userInfo) = SplitUserInfo(rest);
        var (before, query) = SplitQuery(address);
        var slash = before.IndexOf('/');
        var hosts = slash < 0 ? before : before[..slash];
        var database = slash < 0 ? "" : Decode(before[(slash + 1)..]);
        var draft = new PostgresUrlDraft
        {
            Database = database.Length == 0 ? null : database,
        };
        if (userInfo is not null)
        {
            var colon = userInfo.IndexOf(':');
            draft.User = Decode(colon < 0 ? userInfo : userInfo[..colon]);
            draft.Password = colon < 0 ? null : Decode(userInfo[(colon + 1)..]);
        }

        draft.AddHosts(hosts);
        foreach (var (name, value) in ParseQuery(query)) draft.Apply(name, value);
        if (draft.Problem is not null)
        {
            problem = draft.Problem;
            return false;
        }

        url = draft.ToUrl();
        problem = "";
        return true;
    }

    private static (string Address, string? UserInfo) SplitUserInfo(string rest)
    {
        var question = rest.IndexOf('?');
        var at = rest.LastIndexOf('@', question < 0 ? rest.Length - 1 : question);
        // No @ before the first question mark: then either there is no user, or the password holds a question mark.
        if (at < 0 && question >= 0 && rest.IndexOf(':') is >= 0 and var early && early < question && !rest[..question].Contains('/'))
            at = rest.IndexOf('@', question);
        if (at < 0) return (rest, null);
        var userInfo = rest[..at];
        // An @ in the name of a database: a user name holds no slash before its colon.
        var slash = userInfo.IndexOf('/');
        var colon = userInfo.IndexOf(':');
        return slash >= 0 && (colon < 0 || slash < colon) ? (rest, null) : (rest[(at + 1)..], userInfo);
    }

    internal static string Decode(string text) => text.Contains('%') ? Uri.UnescapeDataString(text) : text;
}
