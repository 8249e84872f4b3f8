namespace Reeve.Data;

/// <summary>Who asks the database, for the operator who looks at its sessions. It follows the asynchronous flow in which it was set.</summary>
public static class DbCaller
{
    private static readonly AsyncLocal<string?> Current = new();

    /// <summary>A background service's name; null for anything else, such as a request.</summary>
    public static string? Name
    {
        get => Current.Value;
        set => Current.Value = value;
    }
}
