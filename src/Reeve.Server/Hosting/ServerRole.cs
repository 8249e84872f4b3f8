namespace Reeve.Server.Hosting;

/// <summary>What this process does: serve the API, run background services, or both.</summary>
public sealed record ServerRole
{
    public static ServerRole Everything { get; } = new();

    /// <summary><c>--no-services</c>.</summary>
    public static ServerRole ApiOnly { get; } = new() { RunsServices = false };

    /// <summary>The role in a word, for the names of sessions and the list of processes.</summary>
    public string Name => (ServesApi, RunsServices) switch
    {
        (true, true) => "api+services",
        (true, false) => "api",
        _ => "services",
    };

    /// <summary>Serve the REST and websocket API.</summary>
    public bool ServesApi { get; init; } = true;

    /// <summary>Run the background services that the settings enable.</summary>
    public bool RunsServices { get; init; } = true;

    /// <summary>Run only these services, by name; null: all that are enabled.</summary>
    public IReadOnlyList<string>? OnlyServices { get; init; }

    /// <summary>Serve the web page.</summary>
    public bool ServesUi { get; init; } = true;
}
