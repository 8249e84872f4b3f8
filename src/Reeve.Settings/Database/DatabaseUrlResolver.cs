using Reeve.Settings.Values;

namespace Reeve.Settings.Database;

/// <summary>Settles where the database is: a URL, single parts, or the file below PREFECT_HOME.</summary>
internal static class DatabaseUrlResolver
{
    private const string Url = "PREFECT_SERVER_DATABASE_CONNECTION_URL";
    private const string Driver = "PREFECT_SERVER_DATABASE_DRIVER";
    private const string PasswordVariable = "PREFECT_SERVER_DATABASE_PASSWORD";

    public static void Apply(Dictionary<string, ResolvedSetting> settings, List<SettingError> errors, List<SettingNotice> notices)
    {
        var given = Text(settings, Url);
        var url = given is null ? FromParts(settings, errors, notices) : WithPassword(settings, given, errors);
        settings[Url] = settings[Url].With(url);
        if (url is null) return;
        if (!DatabaseUrl.TryParse(url, out var parsed, out var problem))
        {
            errors.Add(new SettingError(Url, $"{settings[Url].Source.Name}='{SecretMask.InUrl(given ?? url)}' ({settings[Url].Source}) is not accepted: {problem}"));
            return;
        }

        foreach (var warning in parsed!.Warnings)
            notices.Add(new SettingNotice(SettingNoticeKind.Warning, Url, $"{settings[Url].Source.Name} ({settings[Url].Source}): {warning}"));
        if (given is not null) AddConflicts(settings, parsed, notices);
    }

    private static string? FromParts(Dictionary<string, ResolvedSetting> settings, List<SettingError> errors, List<SettingNotice> notices)
    {
        var home = Text(settings, "PREFECT_HOME");
        var name = Text(settings, "PREFECT_SERVER_DATABASE_NAME");
        var host = Text(settings, "PREFECT_SERVER_DATABASE_HOST");
        var user = Text(settings, "PREFECT_SERVER_DATABASE_USER");
        switch (Text(settings, Driver))
        {
            case "postgresql+asyncpg":
                var missing = new List<string>();
                if (host is null) missing.Add("PREFECT_SERVER_DATABASE_HOST");
                if (user is null) missing.Add("PREFECT_SERVER_DATABASE_USER");
                if (name is null) missing.Add("PREFECT_SERVER_DATABASE_NAME");
                if (missing.Count > 0)
                {
                    errors.Add(new SettingError(Driver,
                        $"{Driver}='postgresql+asyncpg' ({settings[Driver].Source}) is not enough: {string.Join(" and ", missing)} must be set too, or {Url} instead."));
                    return null;
                }

                var password = Text(settings, PasswordVariable) is { } secret ? ":" + Uri.EscapeDataString(secret) : "";
                var port = settings["PREFECT_SERVER_DATABASE_PORT"].Text ?? "5432";
                // A directory cannot stand before the port of a URL, so it goes into the query.
                var socket = host!.StartsWith('/');
                var address = socket ? "" : host.Contains(':') && !host.StartsWith('[') ? $"[{host}]:{port}" : $"{host}:{port}";
                var query = socket ? $"?host={Uri.EscapeDataString(host)}&port={port}" : "";
                return $"postgresql+asyncpg://{Uri.EscapeDataString(user!)}{password}@{address}/{Uri.EscapeDataString(name!)}{query}";
            case "sqlite+aiosqlite" when name is not null:
                return $"sqlite+aiosqlite:///{name}";
            case null when host is not null:
                notices.Add(new SettingNotice(SettingNoticeKind.Warning, "PREFECT_SERVER_DATABASE_HOST",
                    $"PREFECT_SERVER_DATABASE_HOST ({settings["PREFECT_SERVER_DATABASE_HOST"].Source}) has no effect, and SQLite is used: "
                    + $"set {Driver}=postgresql+asyncpg as well, or {Url} instead."));
                break;
        }

        return $"sqlite+aiosqlite:///{home}/prefect.db";
    }

    private static string? WithPassword(Dictionary<string, ResolvedSetting> settings, string url, List<SettingError> errors)
    {
        if (!url.Contains("PREFECT_API_DATABASE_PASSWORD", StringComparison.Ordinal) && !url.Contains(PasswordVariable, StringComparison.Ordinal)) return url;
        if (settings[PasswordVariable].Value is not string password)
        {
            errors.Add(new SettingError(PasswordVariable,
                $"{settings[Url].Source.Name} ({settings[Url].Source}) refers to the database password: {PasswordVariable} must be set."));
            return null;
        }

        // Escaped, so that a password with @ or / cannot change what the URL says; one that was escaped by hand stays as it is.
        var escaped = LooksEscaped(password) ? password : Uri.EscapeDataString(password);
        return url.Replace("${PREFECT_API_DATABASE_PASSWORD}", escaped).Replace("${PREFECT_SERVER_DATABASE_PASSWORD}", escaped);
    }

    private static bool LooksEscaped(string password)
    {
        for (var at = password.IndexOf('%'); at >= 0; at = password.IndexOf('%', at + 1))
        {
            if (at + 2 < password.Length && char.IsAsciiHexDigit(password[at + 1]) && char.IsAsciiHexDigit(password[at + 2])) continue;
            return false;
        }

        return password.Contains('%');
    }

    private static void AddConflicts(Dictionary<string, ResolvedSetting> settings, DatabaseUrl url, List<SettingNotice> notices)
    {
        var isSqlite = url.Dialect == DatabaseDialect.Sqlite;
        Compare("PREFECT_SERVER_DATABASE_HOST", value => url.Hosts.Any(host => host.Name == value));
        Compare("PREFECT_SERVER_DATABASE_PORT", value => url.Hosts.Any(host => Values.SettingText.Of((long)host.Port) == value));
        Compare("PREFECT_SERVER_DATABASE_USER", value => url.User == value);
        Compare("PREFECT_SERVER_DATABASE_NAME", value => (isSqlite ? url.SqlitePath : url.Database) == value);
        Compare(PasswordVariable, value => url.Password == value || Uri.UnescapeDataString(value) == url.Password);
        Compare(Driver, value => value.StartsWith("sqlite", StringComparison.Ordinal) == isSqlite);

        void Compare(string variable, Func<string, bool> agrees)
        {
            if (settings[variable].Text is not { Length: > 0 } value || agrees(value)) return;
            notices.Add(new SettingNotice(SettingNoticeKind.Conflict, variable,
                $"{settings[Url].Source.Name} ({settings[Url].Source}) wins over {settings[variable].Source.Name} ({settings[variable].Source}), which says otherwise."));
        }
    }

    private static string? Text(Dictionary<string, ResolvedSetting> settings, string variable) =>
        settings[variable].Value is string { Length: > 0 } text ? text : null;
}
