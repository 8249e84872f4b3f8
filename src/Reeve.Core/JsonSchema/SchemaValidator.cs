using System.Text.Json;

namespace Reeve.Core.JsonSchema;

/// <summary>
/// Draft 2020-12 validation within one document. Values and schemas are trees (see <see cref="JsonTree"/>); values may hold the
/// placeholders that <see cref="SchemaHydrator"/> leaves behind.
/// </summary>
public static class SchemaValidator
{
    /// <summary>Every error, in the order in which the reference reports them; empty when the value is valid.</summary>
    /// <exception cref="SchemaException">The schema is malformed, circular, refers to something absent, or is too complex.</exception>
    public static IReadOnlyList<SchemaError> Validate(object? schema, object? value, SchemaOptions options) =>
        new SchemaEvaluation(Prepare(schema, options)).Errors(value).ToList();

    /// <summary>Every error, with preprocessing, in the order in which the reference reports them.</summary>
    /// <exception cref="SchemaException">The schema is malformed, circular, refers to something absent, or is too complex.</exception>
    public static IReadOnlyList<SchemaError> Validate(JsonElement schema, JsonElement value) =>
        Validate(JsonTree.From(schema), JsonTree.From(value), new SchemaOptions());

    /// <summary>
    /// The one error that a rejecting answer names (see <see cref="SchemaError.Describe"/>), or null when the value is valid.
    /// The schema itself is checked first. <c>format</c> is not judged here: the reference judges it only where it lists all errors.
    /// </summary>
    /// <exception cref="SchemaException">The schema is malformed, circular, refers to something absent, or is too complex.</exception>
    public static SchemaError? FirstError(object? schema, object? value, SchemaOptions options)
    {
        var prepared = Prepare(schema, options);
        if (SchemaProblem(prepared) is { } problem)
            throw new SchemaException(SchemaFault.Invalid, problem);
        return BestMatch.Of(new SchemaEvaluation(prepared, checkFormats: false).Errors(value).ToList());
    }

    /// <summary>What is wrong with the schema itself, without the words <c>Invalid schema: </c>; null when it is a draft 2020-12 schema.</summary>
    public static string? SchemaProblem(object? schema)
    {
        foreach (var error in new SchemaEvaluation(MetaSchema.Document).Errors(schema))
            return error.Message;
        return null;
    }

    /// <summary>Refuses a document that is not a draft 2020-12 schema, as <c>Invalid schema: …</c>.</summary>
    /// <exception cref="SchemaException">With <see cref="SchemaFault.Invalid"/>.</exception>
    public static void CheckSchema(object? schema)
    {
        if (SchemaProblem(schema) is { } problem)
            throw new SchemaException(SchemaFault.Invalid, "Invalid schema: " + problem);
    }

    private static object? Prepare(object? schema, SchemaOptions options)
    {
        if (options.Preprocess)
            schema = SchemaPreprocessor.Preprocess(schema, options.AllowNullWithDefault);
        return options.IgnoreRequired ? SchemaPreprocessor.WithoutRequired(schema) : schema;
    }
}
