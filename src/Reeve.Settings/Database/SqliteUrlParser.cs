namespace Reeve.Settings.Database;

/// <summary>Reads what follows <c>sqlite…://</c>.</summary>
internal static class SqliteUrlParser
{
    public static bool TryParse(string rest, out DatabaseUrl? url, out string problem)
    {
        url = null;
        problem = "";
        var (path, query) = DatabaseUrlParser.SplitQuery(rest);
        if (path.Length > 0 && !path.StartsWith('/'))
        {
            problem = "three slashes before a relative path, four before an absolute one are expected, as in sqlite:////var/lib/prefect.db.";
            return false;
        }

        // The first slash ends the empty host; the path proper starts after it.
        path = path.Length == 0 ? "" : path[1..];
        var isUri = path.StartsWith("file:", StringComparison.Ordinal);
        if (isUri) path = StripFileUri(path);
        var draft = new Draft();
        foreach (var (name, value) in DatabaseUrlParser.ParseQuery(query)) draft.Apply(name, value);
        if (draft.Problem is not null)
        {
            problem = draft.Problem;
            return false;
        }

        var inMemory = draft.InMemory || path.Length == 0 || path == ":memory:";
        // A database in memory that several connections share needs a name of its own.
        var shared = inMemory && draft.Shared;
        url = new DatabaseUrl
        {
            Dialect = DatabaseDialect.Sqlite,
            SqlitePath = path.Length == 0 || (path == ":memory:" && !shared) ? ":memory:" : path == ":memory:" ? "memory" : path,
            SqliteInMemory = inMemory,
            SqliteMode = draft.Mode,
            Warnings = draft.Warnings,
        };
        return true;
    }

    private static string StripFileUri(string path)
    {
        path = path[5..];
        if (path.StartsWith("///", StringComparison.Ordinal)) path = path[2..];
        else if (path.StartsWith("//localhost/", StringComparison.Ordinal)) path = path[11..];
        return DatabaseUrlParser.Decode(path);
    }

    private sealed class Draft
    {
        public bool InMemory { get; private set; }

        public bool Shared { get; private set; }

        public string Mode { get; private set; } = "ReadWriteCreate";

        public string? Problem { get; private set; }

        public List<string> Warnings { get; } = [];

        public void Apply(string name, string value)
        {
            switch (name)
            {
                case "mode":
                    ApplyMode(value);
                    break;
                case "cache":
                    Shared = value == "shared";
                    break;
                case "uri" or "timeout" or "isolation_level" or "detect_types" or "check_same_thread" or "cached_statements" or "nolock":
                    break;
                default:
                    Warnings.Add($"Parameter '{name}' of the database URL is not known and has no effect.");
                    break;
            }
        }

        private void ApplyMode(string value)
        {
            switch (value)
            {
                case "memory":
                    InMemory = true;
                    break;
                case "ro":
                    Mode = "ReadOnly";
                    break;
                case "rw":
                    Mode = "ReadWrite";
                    break;
                case "rwc":
                    Mode = "ReadWriteCreate";
                    break;
                default:
                    Problem = $"mode='{value}' is not accepted: ro, rw, rwc or memory is expected.";
                    break;
            }
        }
    }
}
