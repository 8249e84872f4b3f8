using Reeve.Settings.Database;

namespace Reeve.Settings.Tests.Database;

public sealed class DatabaseUrlTests
{
    [Theory]
    [InlineData("postgresql+asyncpg://u:p@db:5433/prefect", "Host=db;Port=5433;Username=u;Password=p;Database=prefect")]
    [InlineData("postgresql://u@db/prefect?sslmode=disable", "Host=db;Port=5432;Username=u;Database=prefect;SSL Mode=Disable")]
    [InlineData("postgres://u:p@db/prefect", "Host=db;Port=5432;Username=u;Password=p;Database=prefect")]
    [InlineData("postgresql+psycopg2://u:p@db/prefect?ssl=require", "Host=db;Port=5432;Username=u;Password=p;Database=prefect;SSL Mode=Require")]
    [InlineData("POSTGRESQL://db", "Host=db;Port=5432")]
    [InlineData("postgresql:///prefect", "Host=localhost;Port=5432;Database=prefect")]
    [InlineData("postgresql://u:p%40s%2Fs%3A%25@db/d", "Host=db;Port=5432;Username=u;Password=p@s/s:%;Database=d")]
    [InlineData("postgresql://u:p+w@db/d", "Host=db;Port=5432;Username=u;Password=p+w;Database=d")]
    [InlineData("postgresql://u:p@s/s@db/d", "Host=db;Port=5432;Username=u;Password=p@s/s;Database=d")]
    [InlineData("postgresql://u:p?q@db/d", "Host=db;Port=5432;Username=u;Password=p?q;Database=d")]
    [InlineData("postgresql://u:a;b='c'@db/d", "Host=db;Port=5432;Username=u;Password=\"a;b='c'\";Database=d")]
    [InlineData("postgresql://u:p@[::1]:5433/d", "Host=::1;Port=5433;Username=u;Password=p;Database=d")]
    [InlineData("postgresql://u:p@/d?host=/var/run/postgresql", "Host=/var/run/postgresql;Port=5432;Username=u;Password=p;Database=d")]
    [InlineData("postgresql://u@%2Fvar%2Frun%2Fpostgresql/d", "Host=/var/run/postgresql;Port=5432;Username=u;Database=d")]
    [InlineData("postgresql://u@/d?host=/run&port=5433", "Host=/run;Port=5433;Username=u;Database=d")]
    [InlineData("postgresql://a:1,b:2/d?target_session_attrs=read-write", "Host=a:1,b:2;Database=d;Target Session Attributes=read-write")]
    [InlineData("postgresql://u@/d?host=a:1&host=b", "Host=a:1,b:5432;Username=u;Database=d")]
    [InlineData("postgresql:///d?host=a,b&port=1,2&load_balance_hosts=random", "Host=a:1,b:2;Database=d;Load Balance Hosts=true")]
    [InlineData("postgresql:///?user=u&password=p%26q&dbname=d", "Host=localhost;Port=5432;Username=u;Password=p&q;Database=d")]
    [InlineData("postgresql://db/d?application_name=my+app&connect_timeout=3&command_timeout=2.5", "Host=db;Port=5432;Database=d;Application Name=my app;Timeout=3;Command Timeout=3")]
    [InlineData("postgresql://db/d?options=-c%20statement_timeout%3D5s", "Host=db;Port=5432;Database=d;Options=\"-c statement_timeout=5s\"")]
    [InlineData("postgresql://db/d?default_transaction_isolation=repeatable%20read", "Host=db;Port=5432;Database=d;Options=\"-c default_transaction_isolation=repeatable\\ read\"")]
    [InlineData("postgresql://db/d?sslmode=verify-full&sslrootcert=/ca&sslcert=/c&sslkey=/k&sslpassword=w", "Host=db;Port=5432;Database=d;SSL Mode=VerifyFull;Root Certificate=/ca;SSL Certificate=/c;SSL Key=/k;SSL Password=w")]
    [InlineData("postgresql://db/d?prepared_statement_cache_size=0&statement_cache_size=100", "Host=db;Port=5432;Database=d;Max Auto Prepare=0")]
    [InlineData("postgresql://db/d?sslmode=verify-ca&channel_binding=require", "Host=db;Port=5432;Database=d;SSL Mode=VerifyCA;Channel Binding=Require")]
    public void Every_spelling_of_PostgreSQL_is_understood(string url, string expected)
    {
        var parsed = DatabaseUrl.Parse(url);
        Assert.Equal(DatabaseDialect.PostgreSql, parsed.Dialect);
        Assert.Empty(parsed.Warnings);
        Assert.Equal(expected, parsed.ToNpgsqlConnectionString());
    }

    [Theory]
    [InlineData("sqlite+aiosqlite:////var/lib/prefect.db", "/var/lib/prefect.db", "ReadWriteCreate")]
    [InlineData("sqlite:///prefect.db", "prefect.db", "ReadWriteCreate")]
    [InlineData("sqlite+pysqlite:///./data/prefect.db?timeout=30", "./data/prefect.db", "ReadWriteCreate")]
    [InlineData("sqlite+aiosqlite:///:memory:", ":memory:", "Memory")]
    [InlineData("sqlite://", ":memory:", "Memory")]
    [InlineData("sqlite+aiosqlite:///file::memory:?cache=shared&uri=true&check_same_thread=false", "memory", "Memory Shared")]
    [InlineData("sqlite+aiosqlite:///file:mine?mode=memory&cache=shared&uri=true", "mine", "Memory Shared")]
    [InlineData("sqlite+aiosqlite:///file:/srv/a%20b.db?mode=ro&uri=true", "/srv/a b.db", "ReadOnly")]
    [InlineData("sqlite:///file:///srv/p.db?mode=rw&uri=true", "/srv/p.db", "ReadWrite")]
    [InlineData("sqlite:///file://localhost/srv/p.db?uri=true", "/srv/p.db", "ReadWriteCreate")]
    [InlineData("sqlite:///C:/data/p.db", "C:/data/p.db", "ReadWriteCreate")]
    public void Every_spelling_of_SQLite_is_understood(string url, string path, string mode)
    {
        var parsed = DatabaseUrl.Parse(url);
        Assert.Equal(DatabaseDialect.Sqlite, parsed.Dialect);
        Assert.Equal(path, parsed.ToSqlitePath());
        Assert.Equal(mode, string.Join(' ', parsed.ToSqlitePairs().Skip(1).Select(pair => pair.Value)));
        Assert.Empty(parsed.Warnings);
    }

    [Theory]
    [InlineData("", "a URL such as")]
    [InlineData("prefect.db", "a URL such as")]
    [InlineData("mysql://h/d", "'mysql' is not supported")]
    [InlineData("sqlite+aiosqlite://prefect.db", "three slashes")]
    [InlineData("sqlite:///x?mode=maybe", "ro, rw, rwc or memory")]
    [InlineData("postgresql://h:http/d", "between 1 and 65535")]
    [InlineData("postgresql://h/d?sslmode=sometimes", "sslmode='sometimes'")]
    [InlineData("postgresql://h/d?target_session_attrs=x", "target_session_attrs='x'")]
    [InlineData("postgresql://h/d?connect_timeout=x", "connect_timeout='x'")]
    public void What_is_wrong_is_said(string url, string expected)
    {
        Assert.False(DatabaseUrl.TryParse(url, out _, out var problem));
        Assert.Contains(expected, problem);
    }

    [Fact]
    public void An_unknown_parameter_is_a_warning()
    {
        Assert.Equal("Parameter 'colour' of the database URL is not known and has no effect.", Assert.Single(DatabaseUrl.Parse("postgresql://h/d?colour=red").Warnings));
        var settings = SettingsSandbox.Resolve(("PREFECT_API_DATABASE_CONNECTION_URL", "sqlite:///x?colour=red"));
        Assert.Contains(settings.Notices, notice => notice is { Kind: SettingNoticeKind.Warning } && notice.Message.Contains("'colour'"));
    }

    [Fact]
    public void Passwords_are_never_shown()
    {
        Assert.Equal("postgresql://u:**********@a:1,b:5432/d", DatabaseUrl.Parse("postgresql+asyncpg://u:top%40secret@a:1,b/d?ssl=require").ToString());
        Assert.Equal("sqlite:////x.db", DatabaseUrl.Parse("sqlite:////x.db").ToString());
        var exception = Assert.Throws<SettingsException>(() => DatabaseUrl.Parse("postgresql://u:top@secret@h:x/d"));
        Assert.DoesNotContain("top", exception.Message);
        Assert.DoesNotContain("secret", exception.Message);
    }

    [Fact]
    public void The_URL_is_built_from_its_parts()
    {
        var settings = SettingsSandbox.Resolve(
            ("PREFECT_API_DATABASE_DRIVER", "postgresql+asyncpg"), ("PREFECT_API_DATABASE_HOST", "db"), ("PREFECT_SERVER_DATABASE_USER", "u"),
            ("PREFECT_SERVER_DATABASE_NAME", "d/x"), ("PREFECT_API_DATABASE_PASSWORD", "p@:/?%"), ("PREFECT_API_DATABASE_PORT", "6432"));
        Assert.Empty(settings.Errors);
        var url = DatabaseUrl.Parse(settings.Text("server.database.connection_url"));
        Assert.Equal(("db", 6432, "u", "p@:/?%", "d/x"), (url.Hosts[0].Name, url.Hosts[0].Port, url.User, url.Password, url.Database));
    }

    [Fact]
    public void Parts_may_name_a_socket_or_a_file()
    {
        var settings = SettingsSandbox.Resolve(
            ("PREFECT_SERVER_DATABASE_DRIVER", "postgresql+asyncpg"), ("PREFECT_SERVER_DATABASE_HOST", "/run/pg"),
            ("PREFECT_SERVER_DATABASE_USER", "u"), ("PREFECT_SERVER_DATABASE_NAME", "d"));
        Assert.Equal("/run/pg", DatabaseUrl.Parse(settings.Text("server.database.connection_url")).Hosts[0].Name);
        settings = SettingsSandbox.Resolve(("PREFECT_SERVER_DATABASE_DRIVER", "sqlite+aiosqlite"), ("PREFECT_SERVER_DATABASE_NAME", "/x.db"));
        Assert.Equal("/x.db", DatabaseUrl.Parse(settings.Text("server.database.connection_url")).ToSqlitePath());
    }

    [Theory]
    [InlineData("${PREFECT_API_DATABASE_PASSWORD}", "p@ss/1", "p@ss/1")]
    [InlineData("${PREFECT_SERVER_DATABASE_PASSWORD}", "p%40ss", "p@ss")]
    public void The_password_setting_is_put_into_a_URL_that_asks_for_it(string placeholder, string password, string expected)
    {
        var settings = SettingsSandbox.Resolve(
            ("PREFECT_API_DATABASE_CONNECTION_URL", $"postgresql+asyncpg://u:{placeholder}@h/d"), ("PREFECT_API_DATABASE_PASSWORD", password));
        Assert.Empty(settings.Errors);
        Assert.Equal(expected, DatabaseUrl.Parse(settings.Text("server.database.connection_url")).Password);
        Assert.DoesNotContain(settings.Notices, notice => notice.Kind == SettingNoticeKind.Conflict);
    }

    [Fact]
    public void A_URL_that_asks_for_a_missing_password_is_an_error() =>
        Assert.Contains("PREFECT_SERVER_DATABASE_PASSWORD must be set", Assert.Single(SettingsSandbox.Resolve(
            ("PREFECT_API_DATABASE_CONNECTION_URL", "postgresql://u:${PREFECT_API_DATABASE_PASSWORD}@h/d")).Errors).Message);
}
