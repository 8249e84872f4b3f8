using Reeve.Core;

namespace Reeve.Contract.Errors;

/// <summary>The body of 422 for a request that does not fit its schema.</summary>
public sealed class InvalidRequest
{
    public string ExceptionMessage { get; set; } = "Invalid request received.";

    public List<ValidationError> ExceptionDetail { get; set; } = [];

    /// <summary>The parsed body, or its text as a JSON string.</summary>
    public RawJson RequestBody { get; set; }
}
