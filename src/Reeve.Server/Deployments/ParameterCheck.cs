using Reeve.Core;
using Reeve.Core.JsonSchema;

namespace Reeve.Server.Deployments;

/// <summary>Judges values by a JSON schema and words the verdict as the API does.</summary>
internal static class ParameterCheck
{
    /// <summary>What is wrong with the values, or null.</summary>
    /// <exception cref="SchemaException">With <see cref="SchemaFault.Circular"/>: the schema cannot judge anything.</exception>
    public static string? Problem(object? schema, object? values, SchemaOptions options)
    {
        try
        {
            return SchemaValidator.FirstError(schema, values, options)?.Describe();
        }
        catch (SchemaException error) when (error.Fault != SchemaFault.Circular)
        {
            return "Validation failed. Failure reason: " + error.Message;
        }
    }

    /// <summary>Whether a stored schema is one at all.</summary>
    public static bool IsSchema(RawJson schema) => schema.Utf8.Span is [(byte)'{', ..];

    /// <summary>The second's members over the first's.</summary>
    public static JsonMap Overlay(RawJson below, RawJson above)
    {
        var merged = Map(below);
        foreach (var (name, value) in Map(above)) merged[name] = value;
        return merged;
    }

    public static JsonMap Map(RawJson json) => JsonTree.Parse(json.Utf8) as JsonMap ?? [];
}
