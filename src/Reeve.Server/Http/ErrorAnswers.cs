using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Reeve.Data;

namespace Reeve.Server.Http;

/// <summary>Turns what went wrong into the contract's error answers.</summary>
internal static partial class ErrorAnswers
{
    private const string Conflict =
        "Data integrity conflict: the change would break a unique or foreign key constraint. Check that names are not taken and that referenced ids exist.";

    public static Task WriteAsync(HttpContext http, Exception error, ILogger log)
    {
        switch (error)
        {
            case ApiException api:
                if (api.RetryAfter is { } wait) http.Response.Headers.RetryAfter = wait.ToString("0.0###", CultureInfo.InvariantCulture);
                return WriteAsync(http, api.Status, api.Field, api.Message);
            case RequestInvalidException invalid:
                return WriteInvalidAsync(http, invalid);
            case DatabaseException { Kind: DatabaseErrorKind.UniqueViolation or DatabaseErrorKind.ForeignKeyViolation or DatabaseErrorKind.ConstraintViolation } conflict:
                LogConflict(log, http.Request.Path, conflict.Message);
                return WriteAsync(http, 409, "detail", Conflict);
            case DatabaseException { Kind: DatabaseErrorKind.InvalidValue } value:
                return WriteAsync(http, 422, "detail", $"The request holds a value that cannot be stored: {value.Message}. Texts may hold any character but NUL, numbers must fit their range.");
            case DatabaseException { IsPassing: true } unavailable:
                LogUnavailable(log, http.Request.Path, unavailable.Message);
                return WriteAsync(http, 503, "exception_message", "Service Unavailable");
            case BadHttpRequestException bad:
                return WriteAsync(http, bad.StatusCode, "detail", bad.Message);
            default:
                LogFault(log, http.Request.Method, http.Request.Path, error);
                return WriteAsync(http, 500, "exception_message", "Internal Server Error");
        }
    }

    public static Task WriteAsync(HttpContext http, int status, string field, string message) =>
        JsonAnswer.WriteAsync(http, status, (field, message), static (writer, state) =>
        {
            writer.WriteStartObject();
            writer.WriteString(state.field, state.message);
            writer.WriteEndObject();
        });

    private static Task WriteInvalidAsync(HttpContext http, RequestInvalidException invalid) =>
        JsonAnswer.WriteAsync(http, 422, invalid, static (writer, invalid) =>
        {
            writer.WriteStartObject();
            writer.WriteString("exception_message", invalid.Message);
            writer.WritePropertyName("exception_detail");
            invalid.Errors.WriteTo(writer);
            writer.WritePropertyName("request_body");
            WriteBody(writer, invalid.Body);
            writer.WriteEndObject();
        });

    // A wrong body is quoted to help, which a huge one does not.
    private const int LongestQuote = 1024 * 1024;

    private static void WriteBody(Utf8JsonWriter writer, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty || body.Length > LongestQuote) writer.WriteNullValue();
        else if (IsJson(body.Span)) writer.WriteRawValue(body.Span, skipInputValidation: true);
        else writer.WriteStringValue(System.Text.Encoding.UTF8.GetString(body.Span));
    }

    private static bool IsJson(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body)) return false;
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [LoggerMessage(1001, LogLevel.Warning, "{Path}: a constraint refused the change: {Message}")]
    private static partial void LogConflict(ILogger log, string path, string message);

    [LoggerMessage(1002, LogLevel.Warning, "{Path} is answered with 503: {Message}")]
    private static partial void LogUnavailable(ILogger log, string path, string message);

    [LoggerMessage(1003, LogLevel.Error, "{Method} {Path} failed")]
    private static partial void LogFault(ILogger log, string method, string path, Exception error);
}
