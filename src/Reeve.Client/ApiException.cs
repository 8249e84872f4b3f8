using System.Net;

namespace Reeve.Client;

/// <summary>The API refused a request. The message is the server's own, followed by which request it was.</summary>
public class ApiException : Exception
{
    public ApiException(HttpStatusCode? status, string method, string path, string detail, Exception? inner = null)
        : base(status is null ? detail : $"{detail} ({(int)status} for {method} {path})", inner)
    {
        Status = status;
        Method = method;
        Path = path;
        Detail = detail;
    }

    /// <summary>The HTTP status; null when there was no answer.</summary>
    public HttpStatusCode? Status { get; }

    public string Method { get; }

    /// <summary>The path below the API's address.</summary>
    public string Path { get; }

    /// <summary>What the server said.</summary>
    public string Detail { get; }
}
