namespace Reeve.Settings.Database;

/// <summary>One place a PostgreSQL server may be.</summary>
/// <param name="Name">Host name, address, or the directory of a unix socket (starts with / or @).</param>
/// <param name="Port">TCP port, also the number in a socket's name.</param>
public sealed record DatabaseHost(string Name, int Port)
{
    public bool IsSocket => Name.StartsWith('/') || Name.StartsWith('@');

    public override string ToString() => IsSocket ? Name : Name.Contains(':') ? $"[{Name}]:{Port}" : $"{Name}:{Port}";
}
