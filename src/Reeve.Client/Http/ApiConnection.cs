using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Reeve.Contract;

namespace Reeve.Client.Http;

/// <summary>Sends requests to one API: credentials, repeats, and errors as exceptions.</summary>
internal sealed class ApiConnection : IDisposable
{
    /// <summary>The version of the API this client speaks.</summary>
    public const string ApiVersion = "0.8.4";

    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    private readonly ClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;
    private readonly RetryPolicy _retries;
    private readonly CsrfTokens _csrf = new();
    private volatile bool _hasConnected;

    public ApiConnection(ClientOptions options, TimeProvider clock, HttpMessageHandler? handler)
    {
        _options = options;
        _clock = clock;
        _retries = new RetryPolicy(options, clock);
        Root = new Uri(options.ApiUrl.AbsoluteUri.TrimEnd('/') + "/");
        // The time limit is kept per attempt below, by the injected clock.
        _http = new HttpClient(handler ?? ClientHandler.Create(options)) { Timeout = Timeout.InfiniteTimeSpan };
        AddHeaders(_http.DefaultRequestHeaders);
    }

    /// <summary>The API's address, ending in a slash.</summary>
    public Uri Root { get; }

    public async Task<T> GetAsync<T>(string path, CancellationToken cancel) => Read<T>(HttpMethod.Get, path, await SendAsync(HttpMethod.Get, path, null, cancel));

    public async Task<TAnswer> PostAsync<TBody, TAnswer>(string path, TBody body, CancellationToken cancel) =>
        Read<TAnswer>(HttpMethod.Post, path, await SendAsync(HttpMethod.Post, path, Write(body), cancel));

    public Task SendAsync<TBody>(HttpMethod method, string path, TBody body, CancellationToken cancel) => SendAsync(method, path, Write(body), cancel);

    /// <summary>Sends a body of JSON text, or none, and returns the bytes of the answer.</summary>
    public async Task<byte[]> SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancel)
    {
        var renewed = false;
        for (var attempt = 1; ; attempt++)
        {
            var (answer, failure) = await TryAsync(method, path, body, cancel);
            if (answer is { IsSuccess: true }) return answer.Body;
            if (answer is { Status: HttpStatusCode.Forbidden } && !renewed && _options.CsrfSupport && CsrfTokens.IsRefusal(answer.Body))
            {
                renewed = true;
                if (await _csrf.RenewAsync(_http, Root, cancel)) continue;
            }

            var transient = answer is null ? _hasConnected || _options.WaitForServer : _retries.IsTransient(answer.Status);
            if (!transient || attempt > _options.MaxRetries) throw Failure(method, path, answer, failure);
            await Task.Delay(_retries.Delay(attempt, answer?.RetryAfter), _clock, cancel);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(Answer? Answer, Exception? Failure)> TryAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(_options.RequestTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(Root, path));
            if (body is not null)
            {
                request.Content = new ByteArrayContent(body);
                request.Content.Headers.ContentType = JsonType;
            }

            _csrf.Apply(request);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            _hasConnected = true;
            var bytes = await response.Content.ReadAsByteArrayAsync(either.Token);
            return (new Answer(response.StatusCode, bytes, response.Headers.RetryAfter), null);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return (null, failure);
        }
        catch (OperationCanceledException failure) when (!cancel.IsCancellationRequested)
        {
            return (null, new TimeoutException($"no answer within {_options.RequestTimeout.TotalSeconds:0.#} s", failure));
        }
    }

    private ApiException Failure(HttpMethod method, string path, Answer? answer, Exception? failure)
    {
        if (answer is null)
        {
            var why = failure is HttpRequestException { InnerException: { } inner } ? inner.Message : failure?.Message;
            return new ApiUnavailableException(null, method.Method, path, $"The API at {_options.ApiUrl} cannot be reached: {why}.", failure);
        }

        var detail = ErrorText.Read(answer.Status, answer.Body);
        if (answer.Status == HttpStatusCode.NotFound) return new ApiNotFoundException(method.Method, path, IsNoRoute(detail) ? $"{detail} at {_options.ApiUrl}, an API's address usually ends with /api" : detail);
        return _retries.IsTransient(answer.Status)
            ? new ApiUnavailableException(answer.Status, method.Method, path, detail)
            : new ApiException(answer.Status, method.Method, path, detail);
    }

    // The commonest mistake in an address; a server that knows the route names what it has not found.
    private bool IsNoRoute(string detail) =>
        !_options.ApiUrl.AbsolutePath.TrimEnd('/').EndsWith("/api", StringComparison.Ordinal)
        && (detail == "Not Found" || detail.StartsWith("The server answered", StringComparison.Ordinal));

    private static byte[] Write<T>(T body) => JsonSerializer.SerializeToUtf8Bytes(body, ReeveJson.RequestTypeInfo<T>());

    private static T Read<T>(HttpMethod method, string path, byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ReeveJson.TypeInfo<T>()) ?? throw new JsonException("null was not expected");
        }
        catch (JsonException error)
        {
            throw new ApiException(HttpStatusCode.OK, method.Method, path, $"The answer is not what this client expects: {error.Message}", error);
        }
    }

    private void AddHeaders(HttpRequestHeaders headers)
    {
        headers.Add("X-PREFECT-API-VERSION", ApiVersion);
        headers.UserAgent.Add(new ProductInfoHeaderValue("reeve", typeof(ApiConnection).Assembly.GetName().Version?.ToString(3) ?? "0"));
        headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (_options.AuthString is { } pair)
            headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        else if (_options.ApiKey is { } key)
            headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        foreach (var (name, value) in _options.Headers) headers.TryAddWithoutValidation(name, value);
    }

    private sealed record Answer(HttpStatusCode Status, byte[] Body, RetryConditionHeaderValue? RetryAfter)
    {
        public bool IsSuccess => (int)Status is >= 200 and < 300;
    }
}
