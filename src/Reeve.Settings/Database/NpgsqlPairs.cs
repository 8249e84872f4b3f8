using System.Globalization;
using System.Text;

namespace Reeve.Settings.Database;

/// <summary>A database URL in the keywords of an Npgsql connection string.</summary>
internal static class NpgsqlPairs
{
    public static List<KeyValuePair<string, string>> Of(DatabaseUrl url)
    {
        if (url.Dialect != DatabaseDialect.PostgreSql) throw new InvalidOperationException("A SQLite database has no Npgsql connection string.");
        var pairs = new List<KeyValuePair<string, string>>();
        if (url.Hosts.Count == 1)
        {
            Add(pairs, "Host", url.Hosts[0].Name);
            Add(pairs, "Port", Number(url.Hosts[0].Port));
        }
        else
        {
            Add(pairs, "Host", string.Join(',', url.Hosts.Select(host => host.IsSocket ? host.Name : host.ToString())));
        }

        Add(pairs, "Username", url.User);
        Add(pairs, "Password", url.Password);
        Add(pairs, "Passfile", url.PasswordFile);
        Add(pairs, "Database", url.Database);
        Add(pairs, "SSL Mode", url.Tls?.ToString() switch { "VerifyCa" => "VerifyCA", var mode => mode });
        Add(pairs, "Root Certificate", url.TlsRootCertificate);
        Add(pairs, "SSL Certificate", url.TlsCertificate);
        Add(pairs, "SSL Key", url.TlsKey);
        Add(pairs, "SSL Password", url.TlsKeyPassword);
        Add(pairs, "Application Name", url.ApplicationName);
        Add(pairs, "Search Path", url.SearchPath);
        Add(pairs, "Options", url.Options);
        Add(pairs, "Timeout", WholeSeconds(url.ConnectTimeout, 1024));
        Add(pairs, "Command Timeout", WholeSeconds(url.CommandTimeout, int.MaxValue));
        Add(pairs, "Target Session Attributes", url.TargetSession);
        if (url.LoadBalanceHosts) Add(pairs, "Load Balance Hosts", "true");
        if (url.StatementCacheSize is { } size) Add(pairs, "Max Auto Prepare", Number(size));
        pairs.AddRange(url.Extra);
        return pairs;
    }

    /// <summary>The pairs as one string, quoted where the grammar of connection strings needs it.</summary>
    public static string Join(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in pairs)
        {
            if (text.Length > 0) text.Append(';');
            text.Append(name).Append('=').Append(Quote(value));
        }

        return text.ToString();
    }

    private static string Quote(string value)
    {
        var plain = value.Length > 0 && value.AsSpan().IndexOfAny(";'\"=") < 0 && value.Trim() == value && !value.Any(char.IsControl);
        if (plain) return value;
        return value.Contains('"') && !value.Contains('\'') ? $"'{value}'" : $"\"{value.Replace("\"", "\"\"")}\"";
    }

    private static void Add(List<KeyValuePair<string, string>> pairs, string name, string? value)
    {
        if (value is not null) pairs.Add(new(name, value));
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? WholeSeconds(TimeSpan? time, int most) =>
        time is { } value ? Number((int)Math.Min(most, Math.Ceiling(value.TotalSeconds))) : null;
}
