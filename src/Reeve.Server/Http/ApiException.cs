namespace Reeve.Server.Http;

/// <summary>An answer that is an error, thrown by handlers and stores to end a request.</summary>
internal sealed class ApiException : Exception
{
    private ApiException(int status, string field, string message) : base(message)
    {
        Status = status;
        Field = field;
    }

    public int Status { get; }

    /// <summary>The key the text is answered under: <c>detail</c> or <c>exception_message</c>.</summary>
    public string Field { get; }

    /// <summary>Seconds for a <c>Retry-After</c> header.</summary>
    public double? RetryAfter { get; init; }

    /// <summary>An error a handler raises: <c>{"detail": …}</c>.</summary>
    public static ApiException Detail(int status, string message) => new(status, "detail", message);

    /// <summary>404 for an object that is not there: <c>{"exception_message": …}</c>.</summary>
    public static ApiException Missing(string message) => new(404, "exception_message", message);

    /// <summary>404 for a path that leads nowhere.</summary>
    public static ApiException NotFound() => new(404, "detail", "Not Found");

    public static ApiException Locked(string message, double retryAfter) => new(423, "detail", message) { RetryAfter = retryAfter };

    public static ApiException Unauthorized() => new(401, "exception_message", "Unauthorized");

    public static ApiException Unavailable() => new(503, "exception_message", "Service Unavailable");
}
