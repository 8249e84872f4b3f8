namespace Reeve.Load;

/// <summary>A request to the API.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Below the API's mount, without a leading slash.</param>
/// <param name="Body">JSON text, or null for none.</param>
public sealed record Call(string Method, string Path, string? Body)
{
    public static Call Get(string path) => new("GET", path, null);

    public static Call Post(string path, string body) => new("POST", path, body);
}
