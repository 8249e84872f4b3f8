using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Reeve.Contract;
using Reeve.Contract.OpenApi;
using Reeve.Settings.Views;

namespace Reeve.Server.Http;

/// <summary>One request as its handler sees it: path, query, body and who asks, bound and checked.</summary>
internal sealed class ApiCall(HttpContext http, ApiOperation operation, ServerSettings settings, DateTimeOffset now)
{
    public HttpContext Http { get; } = http;

    public ServerSettings Settings { get; } = settings;

    public CancellationToken Cancel => Http.RequestAborted;

    /// <summary>The instant the request began, in whole microseconds. One request, one now.</summary>
    public DateTimeOffset Now { get; } = now;

    public IServiceProvider Services => Http.RequestServices;

    /// <summary>The <c>X-PREFECT-API-VERSION</c> of the client; null when it did not say, which counts as the newest.</summary>
    public Version? ApiVersion => ClientHeaders.ApiVersion(Http.Request);

    /// <summary>The Prefect version of the client, from its User-Agent; null when it is no Prefect client.</summary>
    public string? ClientVersion => ClientHeaders.ClientVersion(Http.Request);

    public string Route(string name) => (string)Http.Request.RouteValues[name]!;

    /// <summary>A path segment that the route has checked to be a UUID.</summary>
    public Guid Id(string name = "id") => Guid.Parse(Route(name), CultureInfo.InvariantCulture);

    public string? Query(string name) =>
        Http.Request.Query.TryGetValue(name, out var values) && !StringValues.IsNullOrEmpty(values) ? values[^1] : null;

    public bool QueryFlag(string name, bool otherwise = false) => Query(name) is { } text ? RequestText.IsTrue(text) : otherwise;

    /// <summary>The body, checked against the operation's schema. A missing body is one with every key absent, where that is allowed.</summary>
    public async Task<T> BodyAsync<T>()
    {
        var body = await RequestBody.ReadAsync(Http.Request, Settings.Reeve.MaxBodyBytes);
        var json = operation.CheckBody(Http.Request, body, Settings.Reeve.StrictRequests, out var unknownFields);
        if (unknownFields > 0) Services.GetRequiredService<HttpMeters>().CountUnknownFields(unknownFields, Http.Request);
        if (json.IsEmpty) json = "{}"u8.ToArray();
        try
        {
            var value = JsonSerializer.Deserialize(json.Span, ReeveJson.TypeInfo<T>());
            if (value is not null) return value;
            throw Invalid(body, "missing", "Field required: send a JSON object.");
        }
        catch (JsonException error)
        {
            throw Invalid(body, "value_error", error.Message);
        }
    }

    /// <summary>Checks path, query and header parameters. The pipeline has done so before the handler runs.</summary>
    public void ValidateQuery() => operation.CheckParameters(Http.Request);

    /// <summary>A page size: the default where none was asked for; refused, not clamped, above the setting.</summary>
    public int Limit(int? asked)
    {
        if (asked is not { } limit) return Settings.Api.DefaultLimit;
        if (limit < 0) throw ApiException.Detail(422, "Invalid limit: must be greater than or equal to 0.");
        if (limit > Settings.Api.DefaultLimit) throw ApiException.Detail(422, $"Invalid limit: must be less than or equal to {Settings.Api.DefaultLimit}.");
        return limit;
    }

    private static RequestInvalidException Invalid(ReadOnlyMemory<byte> body, string type, string message)
    {
        var errors = new ValidationErrors();
        errors.Add(type, ["body"], message);
        return new RequestInvalidException(errors, body);
    }
}
