using System.Net.Http.Headers;
using Reeve.Contract.OpenApi;

namespace Reeve.Server.Http;

/// <summary>What the OpenAPI document says of a route, looked up when the first request needs it.</summary>
internal sealed class ApiOperation(string method, string path)
{
    private Operation? _operation;
    private volatile bool _looked;

    /// <exception cref="RequestInvalidException">The path, the query or a header does not fit.</exception>
    public void CheckParameters(HttpRequest request)
    {
        if (Find() is not { Parameters.Count: > 0 } operation) return;
        var errors = new ValidationErrors();
        foreach (var parameter in operation.Parameters)
        {
            // The version header is answered for by ClientHeaders, with a status of its own.
            if (!parameter.Name.Equals("x-prefect-api-version", StringComparison.OrdinalIgnoreCase)) parameter.Check(Text(request, parameter), errors);
        }
        if (errors.All.Count > 0) throw new RequestInvalidException(errors, default);
    }

    /// <summary>The body to read: what was sent, or what stands for it where nothing was.</summary>
    /// <exception cref="RequestInvalidException">It does not fit.</exception>
    public ReadOnlyMemory<byte> CheckBody(HttpRequest request, ReadOnlyMemory<byte> body, bool strict, out int unknownFields)
    {
        unknownFields = 0;
        if (!body.IsEmpty && !IsJson(request.ContentType))
        {
            var errors = new ValidationErrors();
            errors.Add("model_attributes_type", ["body"], $"The body is sent as {request.ContentType}: send JSON, with Content-Type application/json or none.");
            throw new RequestInvalidException(errors, body);
        }
        if (Find() is not { } operation) return body;
        var meant = operation.Meant(body);
        if (operation.CheckBody(meant, strict, out unknownFields) is { } found) throw new RequestInvalidException(found, body);
        return Operation.IsMissing(meant.Span) ? operation.EmptyBody : meant;
    }

    private Operation? Find()
    {
        if (_looked) return _operation;
        _operation = OpenApiDocument.Find(method, path);
        _looked = true;
        return _operation;
    }

    private static string? Text(HttpRequest request, OperationParameter parameter)
    {
        if (parameter.Place == "path") return request.RouteValues[parameter.Name] as string;
        var values = parameter.Place == "query" ? request.Query[parameter.Name] : request.Headers[parameter.Name];
        return values.Count == 0 ? null : values[^1];
    }

    /// <summary>Whether a body of this type is taken for JSON; one without a type is.</summary>
    public static bool IsJson(string? contentType)
    {
        if (contentType is null or "application/json") return true;
        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType is { } media
            && media.StartsWith("application/", StringComparison.OrdinalIgnoreCase)
            && (media.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
    }
}
