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
    private ReadOnlyMemory<byte> _body;

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
        var body = _body = await RequestBody.ReadAsync(Http.Request, Settings.Reeve.MaxBodyBytes);
        var json = Check(body, out var unknownFields);
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

    private ReadOnlyMemory<byte> Check(ReadOnlyMemory<byte> body, out int unknownFields)
    {
        try
        {
            return operation.CheckBody(Http.Request, body, Settings.Reeve.StrictRequests, out unknownFields);
        }
        catch (RequestInvalidException invalid) when (!invalid.Errors.All.Any(static fault => fault.Loc is [_, { Name: "limit" }]))
        {
            if (SentLimit.Find(body.Span) is { } limit) Limit(limit);
            throw;
        }
    }

    /// <summary>A body that is one JSON text; a missing body is an empty one.</summary>
    public async Task<string> TextBodyAsync()
    {
        var body = _body = await RequestBody.ReadAsync(Http.Request, Settings.Reeve.MaxBodyBytes);
        if (body.IsEmpty) return "";
        // Whoever says that it is no JSON sends the text as it is.
        if (!ApiOperation.IsJson(Http.Request.ContentType)) return System.Text.Encoding.UTF8.GetString(body.Span);
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            if (reader.Read() && reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && !reader.Read()) return text;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The reader says InvalidOperation of half a surrogate pair, which is well-formed JSON and no text.
            throw Invalid(body, "json_invalid", error.Message);
        }
        throw Invalid(body, "string_type", "Input should be a valid string");
    }

    /// <summary>A fault in a body that its schema does not show, found after it was read.</summary>
    public RequestInvalidException Refused(string message, params string[] loc) => Invalid(_body, "value_error", "Value error, " + message, loc);

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

    /// <summary>422 for a rule of a body that its schema cannot say, worded as every other refusal of it.</summary>
    public RequestInvalidException Invalid(string field, string message)
    {
        var errors = new ValidationErrors();
        errors.Add("value_error", ["body", field], message);
        return new RequestInvalidException(errors, _body);
    }

    private static RequestInvalidException Invalid(ReadOnlyMemory<byte> body, string type, string message, params string[] loc)
    {
        var errors = new ValidationErrors();
        errors.Add(type, loc is [] ? ["body"] : loc, message);
        return new RequestInvalidException(errors, body);
    }
}
