namespace Reeve.Settings.Values;

/// <summary>What ~ and $PREFECT_HOME stand for.</summary>
internal readonly record struct PathContext(string UserDirectory, string Home)
{
    public string Expand(string path)
    {
        if (path is "~" || path.StartsWith("~/", StringComparison.Ordinal)) path = string.Concat(UserDirectory.TrimEnd('/'), path.AsSpan(1));
        return path.Replace("$PREFECT_HOME", Home).Replace("${PREFECT_HOME}", Home);
    }
}
