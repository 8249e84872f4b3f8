using Reeve.Contract.OpenApi;

namespace Reeve.Server.Http;

/// <summary>What the OpenAPI document says of a route, looked up when the first request needs it.</summary>
internal sealed class ApiOperation(string method, string path)
{
    private Operation? _operation;
    private bool _looked;

    /// <exception cref="RequestInvalidException">Query, headers or body do not fit.</exception>
    public void Validate(HttpRequest request, ReadOnlyMemory<byte> body, bool strict)
    {
        if (!_looked)
        {
            _operation = OpenApiDocument.Find(method, path);
            _looked = true;
        }
        if (_operation is null) return;
    }
}
