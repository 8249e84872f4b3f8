using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Reeve.Server.Notifications;

/// <summary>Sends requests to places outside: with a time limit, a bounded answer, a second and third try where the other side asks for it, and no redirects.</summary>
internal sealed class OutgoingSender(TimeProvider clock) : IDisposable
{
    public const string UserAgent = "Prefect Notifications";

    private const int MostAnswerBytes = 64 * 1024;
    private const int Attempts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lazy<HttpClient>[] _clients =
    [
        new(() => Client(allowPrivate: false, verify: false)), new(() => Client(allowPrivate: true, verify: false)),
        new(() => Client(allowPrivate: false, verify: true)), new(() => Client(allowPrivate: true, verify: true)),
    ];

    /// <exception cref="OutgoingException">No answer came.</exception>
    public async Task<OutgoingAnswer> SendAsync(OutgoingRequest request, CancellationToken cancel)
    {
        var url = Check(request);
        if (!request.AllowPrivate) await CheckPublicAsync(url, cancel);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await OnceAsync(request, url, cancel);
                if (!request.Retry || attempt == Attempts || answer.Status is not (429 or 502 or 503 or 504)) return answer;
            }
            catch (OutgoingException) when (request.Retry && attempt < Attempts)
            {
                // Once more.
            }
            await Task.Delay(Pause * attempt, clock, cancel);
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients)
        {
            if (client.IsValueCreated) client.Value.Dispose();
        }
    }

    private static Uri Check(OutgoingRequest request)
    {
        if (!Uri.TryCreate(request.Url, UriKind.Absolute, out var url) || url.Host.Length == 0)
            throw new OutgoingException("ValueError", "The address is not a valid URL.");
        if (url.Scheme is not ("http" or "https")) throw new OutgoingException("ValueError", "Only HTTP and HTTPS URLs are allowed.");
        return url;
    }

    private static async Task CheckPublicAsync(Uri url, CancellationToken cancel)
    {
        IPAddress[] addresses;
        try
        {
            addresses = await Dns.GetHostAddressesAsync(url.DnsSafeHost, cancel);
        }
        catch (SocketException)
        {
            throw new OutgoingException("ValueError", $"'{url.Host}' is not a valid URL.  It could not be resolved.");
        }
        if (Array.Find(addresses, PrivateAddress.Is) is { } found)
            throw new OutgoingException("ValueError", $"'{url.Host}' is not a valid URL.  It resolves to the private address {found}.");
    }

    private async Task<OutgoingAnswer> OnceAsync(OutgoingRequest request, Uri url, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(request.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using var message = Message(request, url);
        try
        {
            var client = _clients[(request.Verify ? 2 : 0) + (request.AllowPrivate ? 1 : 0)].Value;
            using var answer = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var headers = answer.Headers.Concat(answer.Content.Headers)
                .Select(static header => KeyValuePair.Create(header.Key.ToLowerInvariant(), string.Join(", ", header.Value))).ToList();
            return new OutgoingAnswer((int)answer.StatusCode, await TextAsync(answer, either.Token), headers);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new OutgoingException("ReadTimeout", $"{url.Host} did not answer within {request.Timeout.TotalSeconds:0.#} seconds");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or InvalidDataException)
        {
            var known = error as HttpRequestException;
            var kind = known?.HttpRequestError is HttpRequestError.SecureConnectionError or HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                ? "ConnectError" : "RemoteProtocolError";
            throw new OutgoingException(kind, $"{url.Host}: {known?.HttpRequestError.ToString() ?? "the connection broke"}");
        }
    }

    private static HttpRequestMessage Message(OutgoingRequest request, Uri url)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), url);
        if (request.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            if (request.ContentType is { } type) message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }
        foreach (var (name, value) in request.Headers)
        {
            if (message.Headers.TryAddWithoutValidation(name, value)) continue;
            message.Content ??= new ByteArrayContent([]);
            message.Content.Headers.Remove(name);
            message.Content.Headers.TryAddWithoutValidation(name, value);
        }
        return message;
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[MostAnswerBytes];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static HttpClient Client(bool allowPrivate, bool verify)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
        };
        // What was judged by name may have another address by the time it is connected to.
        if (!allowPrivate) handler.ConnectCallback = ConnectPublicAsync;
        if (!verify) handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static async ValueTask<Stream> ConnectPublicAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
        if (Array.Exists(addresses, PrivateAddress.Is)) throw new IOException("The address became a private one.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
