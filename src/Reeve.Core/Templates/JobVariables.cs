using Reeve.Core.JsonSchema;

namespace Reeve.Core.Templates;

/// <summary>Judges job variables by the schema of a work pool's base job template.</summary>
public static class JobVariables
{
    /// <summary>
    /// The block ids that defaults of the template refer to. Ids are as written, so the caller has to answer for malformed and
    /// unknown ones (<c>Block not found.</c>) before it validates.
    /// </summary>
    public static IReadOnlyList<string> ReferencedBlocks(JsonMap? baseJobTemplate) =>
        Properties(Variables(baseJobTemplate)).Select(pair => DefaultBlock(pair.Value)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();

    /// <summary>
    /// The error that makes the variables unacceptable (see <see cref="SchemaError.Describe"/>), or null. Later layers win over
    /// earlier ones, and all of them over the template's defaults.
    /// </summary>
    /// <param name="baseJobTemplate">The work pool's template; without variables everything is accepted.</param>
    /// <param name="layers">Variables of the deployment, then of the run.</param>
    /// <param name="ignoreRequired">The layers are not everything: a missing variable is no error.</param>
    /// <param name="ignoreInvalidDefaults">Defaults that fail on their own are dropped, and then <c>required</c> is not enforced.</param>
    /// <param name="block">The data of a block by the id as written.</param>
    /// <exception cref="SchemaException">The template's variables are not a usable schema; the message is the wire's.</exception>
    public static SchemaError? Validate(
        JsonMap? baseJobTemplate, IEnumerable<JsonMap?> layers, bool ignoreRequired, bool ignoreInvalidDefaults, Func<string, JsonMap?> block)
    {
        if (Variables(baseJobTemplate) is not { Count: > 0 } schema)
            return null;
        SchemaValidator.CheckSchema(schema);
        var (merged, dropped) = Defaults(schema, ignoreInvalidDefaults, block);
        foreach (var layer in layers)
        {
            foreach (var (name, value) in layer ?? [])
                merged[name] = value;
        }

        return SchemaValidator.FirstError(
            schema, merged, new SchemaOptions(Preprocess: true, IgnoreRequired: ignoreRequired || dropped, AllowNullWithDefault: true));
    }

    private static (JsonMap Values, bool Dropped) Defaults(JsonMap schema, bool ignoreInvalid, Func<string, JsonMap?> block)
    {
        var values = new JsonMap();
        var dropped = false;
        foreach (var (name, attributes) in Properties(schema))
        {
            if (!attributes.TryGetValue("default", out var value))
                continue;
            if (value is JsonMap map && map.ContainsKey("$ref"))
            {
                if (DefaultBlock(attributes) is not { } id)
                    continue;
                value = block(id);
            }

            var alone = new JsonMap { [name] = value };
            if (ignoreInvalid && SchemaValidator.Validate(schema, alone, new SchemaOptions(Preprocess: false, IgnoreRequired: true)).Count > 0)
                dropped = true;
            else
                values[name] = value;
        }

        return (values, dropped);
    }

    private static string? DefaultBlock(JsonMap attributes) =>
        attributes.GetValueOrDefault("default") is JsonMap value && value.GetValueOrDefault("$ref") is JsonMap reference
        && reference.GetValueOrDefault("block_document_id") is { } id ? Python.PythonText.Str(id) : null;

    private static JsonMap? Variables(JsonMap? baseJobTemplate) => baseJobTemplate?.GetValueOrDefault("variables") as JsonMap;

    private static IEnumerable<KeyValuePair<string, JsonMap>> Properties(JsonMap? schema) =>
        schema?.GetValueOrDefault("properties") is JsonMap properties
            ? properties.Where(pair => pair.Value is JsonMap).Select(pair => KeyValuePair.Create(pair.Key, (JsonMap)pair.Value!))
            : [];
}
