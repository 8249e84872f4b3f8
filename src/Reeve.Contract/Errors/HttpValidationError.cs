namespace Reeve.Contract.Errors;

/// <summary>The body the OpenAPI document names for 422. What is sent is <see cref="InvalidRequest"/>.</summary>
public sealed class HttpValidationError
{
    public List<ValidationError> Detail { get; set; } = [];
}
