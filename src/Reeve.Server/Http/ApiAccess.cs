namespace Reeve.Server.Http;

/// <summary>Which checks a route is spared.</summary>
[Flags]
internal enum ApiAccess
{
    Normal = 0,

    /// <summary>Answers without credentials.</summary>
    Open = 1,

    /// <summary>Answers whatever version the client says it speaks.</summary>
    AnyVersion = 2,
}
