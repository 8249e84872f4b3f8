using System.Globalization;

namespace Reeve.Settings.Database;

/// <summary>Gathers the parts of a PostgreSQL URL by what they mean.</summary>
internal sealed class PostgresUrlDraft
{
    private const int DefaultPort = 5432;

    private readonly List<(string Name, int? Port)> _hosts = [];
    private readonly List<string> _options = [];
    private readonly Dictionary<string, string> _extra = [];
    private readonly List<string> _warnings = [];
    private readonly List<int> _ports = [];
    private TlsMode? _tls;
    private string? _rootCertificate;
    private string? _certificate;
    private string? _key;
    private string? _keyPassword;
    private string? _applicationName;
    private string? _searchPath;
    private string? _targetSession;
    private string? _passwordFile;
    private TimeSpan? _connectTimeout;
    private TimeSpan? _commandTimeout;
    private int? _statementCacheSize;
    private bool _loadBalance;

    public string? User { get; set; }

    public string? Password { get; set; }

    public string? Database { get; set; }

    /// <summary>The first thing that cannot be understood, as a sentence.</summary>
    public string? Problem { get; private set; }

    /// <summary>Adds <c>host</c>, <c>host:port</c>, <c>[::1]:port</c> or several of them, separated by commas.</summary>
    public void AddHosts(string text)
    {
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var bracket = part.StartsWith('[') ? part.IndexOf(']') : -1;
            var isSocket = part.StartsWith('/') || part.StartsWith('@');
            var colon = bracket >= 0 ? part.IndexOf(':', bracket) : isSocket ? -1 : part.LastIndexOf(':');
            var name = bracket >= 0 ? part[1..bracket] : DatabaseUrlParser.Decode(colon < 0 ? part : part[..colon]);
            _hosts.Add((name, colon < 0 || colon == part.Length - 1 ? null : Port(part[(colon + 1)..])));
        }
    }

    /// <summary>Applies one parameter of the query, in the words of libpq, asyncpg, psycopg or SQLAlchemy.</summary>
    public void Apply(string name, string value)
    {
        switch (name.ToLowerInvariant())
        {
            case "host" or "hostaddr":
                AddQueryHosts(value);
                break;
            case "port":
                foreach (var port in value.Split(',')) _ports.Add(Port(port) ?? DefaultPort);
                break;
            case "user" or "username":
                User = value;
                break;
            case "password":
                Password = value;
                break;
            case "dbname" or "database":
                Database = value;
                break;
            case "ssl" or "sslmode":
                ApplyTls(name, value);
                break;
            case "sslrootcert":
                _rootCertificate = value;
                break;
            case "sslcert":
                _certificate = value;
                break;
            case "sslkey":
                _key = value;
                break;
            case "sslpassword":
                _keyPassword = value;
                break;
            case "application_name":
                _applicationName = value;
                break;
            case "search_path":
                _searchPath = value;
                break;
            case "options":
                _options.Add(value);
                break;
            case "default_transaction_isolation" or "statement_timeout" or "lock_timeout" or "idle_in_transaction_session_timeout"
                or "timezone" or "jit" or "client_encoding":
                _options.Add($"-c {name}={value.Replace("\\", "\\\\").Replace(" ", "\\ ")}");
                break;
            case "connect_timeout" or "timeout":
                _connectTimeout = Seconds(name, value);
                break;
            case "command_timeout":
                _commandTimeout = Seconds(name, value);
                break;
            case "target_session_attrs":
                ApplyTargetSession(value);
                break;
            case "load_balance_hosts":
                _loadBalance = value is "random" or "true" or "1";
                break;
            case "passfile":
                _passwordFile = value;
                break;
            case "statement_cache_size" or "prepared_statement_cache_size":
                if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
                    _statementCacheSize = Math.Min(size, _statementCacheSize ?? int.MaxValue);
                else Fail($"{name}='{value}' is not accepted: a whole number is expected.");
                break;
            case "channel_binding":
                _extra["Channel Binding"] = value.ToLowerInvariant() switch { "require" => "Require", "disable" => "Disable", _ => "Prefer" };
                break;
            case "keepalives":
                _extra["Tcp Keepalive"] = value == "0" ? "false" : "true";
                break;
            case "keepalives_idle":
                _extra["Tcp Keepalive Time"] = value;
                break;
            case "keepalives_interval":
                _extra["Tcp Keepalive Interval"] = value;
                break;
            case "async_fallback" or "prepared_statement_name_func" or "direct_tls" or "gssencmode" or "sslcompression" or "sslsni"
                or "max_cached_statement_lifetime" or "max_cacheable_statement_size" or "keepalives_count" or "tcp_user_timeout":
                break;
            default:
                _warnings.Add($"Parameter '{name}' of the database URL is not known and has no effect.");
                break;
        }
    }

    public DatabaseUrl ToUrl() => new()
    {
        Dialect = DatabaseDialect.PostgreSql,
        Hosts = Hosts(),
        User = User,
        Password = Password,
        Database = Database,
        Tls = _tls,
        TlsRootCertificate = _rootCertificate,
        TlsCertificate = _certificate,
        TlsKey = _key,
        TlsKeyPassword = _keyPassword,
        ApplicationName = _applicationName,
        SearchPath = _searchPath,
        Options = _options.Count == 0 ? null : string.Join(' ', _options),
        ConnectTimeout = _connectTimeout,
        CommandTimeout = _commandTimeout,
        TargetSession = _targetSession,
        LoadBalanceHosts = _loadBalance,
        PasswordFile = _passwordFile,
        StatementCacheSize = _statementCacheSize,
        Extra = _extra,
        Warnings = _warnings,
    };

    private bool _hostsFromQuery;

    // A host in the query stands in place of the one in the address; several of them are several servers.
    private void AddQueryHosts(string value)
    {
        if (!_hostsFromQuery) _hosts.Clear();
        _hostsFromQuery = true;
        AddHosts(value);
    }

    private List<DatabaseHost> Hosts()
    {
        if (_hosts.Count == 0) _hosts.Add(("localhost", null));
        return [.. _hosts.Select((host, index) => new DatabaseHost(
            host.Name,
            host.Port ?? (_ports.Count == 0 ? DefaultPort : _ports[Math.Min(index, _ports.Count - 1)])))];
    }

    private void ApplyTls(string name, string value)
    {
        _tls = value.ToLowerInvariant() switch
        {
            "disable" or "false" or "0" or "no" or "off" => TlsMode.Disable,
            "allow" => TlsMode.Allow,
            "prefer" => TlsMode.Prefer,
            "require" or "true" or "1" or "yes" or "on" => TlsMode.Require,
            "verify-ca" => TlsMode.VerifyCa,
            "verify-full" => TlsMode.VerifyFull,
            _ => null,
        };
        if (_tls is null)
            Fail($"{name}='{value}' is not accepted: disable, allow, prefer, require, verify-ca or verify-full is expected.");
    }

    private void ApplyTargetSession(string value)
    {
        if (value is "any" or "primary" or "standby" or "read-write" or "read-only" or "prefer-primary" or "prefer-standby") _targetSession = value;
        else
        {
            Fail($"target_session_attrs='{value}' is not accepted: any, read-write, read-only, primary, standby, prefer-primary or prefer-standby is expected.");
        }
    }

    private TimeSpan? Seconds(string name, string value)
    {
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < int.MaxValue)
            return TimeSpan.FromSeconds(seconds);
        Fail($"{name}='{value}' is not accepted: a number of seconds is expected.");
        return null;
    }

    private int? Port(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536) return port;
        // No value in the message: where a password is not escaped, its end arrives here.
        Fail("the port is not a number between 1 and 65535; characters such as @ : / in a password must be percent encoded.");
        return null;
    }

    private void Fail(string problem) => Problem ??= problem;
}
