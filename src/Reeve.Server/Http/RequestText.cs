namespace Reeve.Server.Http;

/// <summary>Values that arrive as text, in a query or a header.</summary>
internal static class RequestText
{
    public static bool IsTrue(string text) => text.ToLowerInvariant() is "true" or "1" or "t" or "yes" or "y" or "on";
}
