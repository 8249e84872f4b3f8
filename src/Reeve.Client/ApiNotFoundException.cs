using System.Net;

namespace Reeve.Client;

/// <summary>What was asked for does not exist.</summary>
public sealed class ApiNotFoundException(string method, string path, string detail) : ApiException(HttpStatusCode.NotFound, method, path, detail);
