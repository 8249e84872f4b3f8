using System.Globalization;
using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Admin;

namespace Reeve.Client.Http;

/// <summary>The token a server with CSRF protection wants. Asked for only after a refusal: most servers have it off.</summary>
internal sealed class CsrfTokens
{
    private readonly string _client = Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture);
    private volatile string? _token;

    public static bool IsRefusal(ReadOnlySpan<byte> body) => body.IndexOf("CSRF"u8) >= 0 || body.IndexOf("client identifier"u8) >= 0;

    public void Apply(HttpRequestMessage request)
    {
        if (_token is not { } token || request.Method == HttpMethod.Get) return;
        request.Headers.TryAddWithoutValidation("Prefect-Csrf-Token", token);
        request.Headers.TryAddWithoutValidation("Prefect-Csrf-Client", _client);
    }

    /// <summary>Fetches a new token; false when the server does not give one.</summary>
    public async Task<bool> RenewAsync(HttpClient http, Uri root, CancellationToken cancel)
    {
        using var answer = await http.GetAsync(new Uri(root, $"csrf-token?client={_client}"), cancel);
        if (!answer.IsSuccessStatusCode) return false;
        var body = await answer.Content.ReadAsByteArrayAsync(cancel);
        _token = JsonSerializer.Deserialize(body, ReeveJson.TypeInfo<CsrfToken>())?.Token;
        return _token is not null;
    }
}
