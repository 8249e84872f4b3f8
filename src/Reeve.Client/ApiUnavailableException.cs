using System.Net;

namespace Reeve.Client;

/// <summary>No usable answer, however often the request was repeated: the server is down, unreachable, overloaded or starting.</summary>
public sealed class ApiUnavailableException(HttpStatusCode? status, string method, string path, string detail, Exception? inner = null)
    : ApiException(status, method, path, detail, inner);
