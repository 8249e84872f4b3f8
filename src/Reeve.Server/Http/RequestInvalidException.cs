using Reeve.Contract.OpenApi;

namespace Reeve.Server.Http;

/// <summary>A request that does not fit its schema: 422 with every fault found.</summary>
internal sealed class RequestInvalidException(ValidationErrors errors, ReadOnlyMemory<byte> body) : Exception("Invalid request received.")
{
    public ValidationErrors Errors { get; } = errors;

    public ReadOnlyMemory<byte> Body { get; } = body;
}
