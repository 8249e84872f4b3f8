using System.Globalization;
using Reeve.Core;
using Reeve.Core.JsonSchema;
using Reeve.Server.Http;

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

    /// <exception cref="RequestInvalidException">The parameters are larger than the setting allows.</exception>
    public static void CheckSize(RawJson parameters, int limit)
    {
        if (limit == 0 || parameters.Utf8.Length < limit) return;
        var size = JsonTree.ToUtf8(JsonTree.Parse(parameters.Utf8)).Length;
        if (size < limit) return;
        throw ScheduleInput.Invalid(default, "value_error", ["body", "parameters"], string.Create(
            CultureInfo.InvariantCulture, $"Value error, Flow run parameters must be less than {limit:N0} bytes when serialized (got {size:N0} bytes)."));
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
