using System.Security.Cryptography;
using System.Text;
using Reeve.Settings.Views;

namespace Reeve.Server.Http;

/// <summary>HTTP Basic with the one pair of the setting; off while it is unset.</summary>
internal sealed class BasicAuth(ServerSettings settings)
{
    private readonly byte[]? _expected = settings.Api.AuthString is { } pair ? Encoding.UTF8.GetBytes(pair) : null;

    public bool IsOn => _expected is not null;

    /// <exception cref="ApiException">401.</exception>
    public void Check(HttpRequest request)
    {
        if (_expected is null) return;
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.Ordinal) || !Matches(Decode(header.AsSpan(6))))
        {
            throw ApiException.Unauthorized();
        }
    }

    /// <summary>Whether the token of a websocket is the pair.</summary>
    public bool IsToken(string? token) =>
        _expected is null || token is not null && Matches(Encoding.UTF8.GetBytes(token));

    private bool Matches(byte[]? given) => given is not null && CryptographicOperations.FixedTimeEquals(given, _expected);

    private static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64Chars(text, bytes, out var length) ? bytes[..length] : null;
    }
}
