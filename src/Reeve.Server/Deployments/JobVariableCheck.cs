using Reeve.Core;
using Reeve.Core.JsonSchema;
using Reeve.Server.Blocks;
using Reeve.Server.Http;

namespace Reeve.Server.Deployments;

/// <summary>Judges job variables by the variables schema of a work pool's base job template, see workers.md §1.4.</summary>
internal sealed class JobVariableCheck(BlockDocumentStore blocks)
{
    /// <summary>What is wrong with the variables, or null.</summary>
    /// <param name="template">The base job template; null or without a schema it accepts everything.</param>
    /// <param name="ignoreRequired">The variables are only part of what a run will have.</param>
    /// <param name="ignoreInvalidDefaults">Leave out defaults that do not fit their own schema.</param>
    /// <param name="layers">The variables, later ones over earlier ones.</param>
    /// <param name="cancel">Ends the look-ups.</param>
    /// <exception cref="ApiException">The schema is none, or a default refers to a block that is not there.</exception>
    public async Task<string?> ProblemAsync(
        RawJson? template, bool ignoreRequired, bool ignoreInvalidDefaults, IReadOnlyList<RawJson> layers, CancellationToken cancel)
    {
        if (template is not { } json || ParameterCheck.Map(json).GetValueOrDefault("variables") is not JsonMap { Count: > 0 } schema) return null;
        if (SchemaValidator.SchemaProblem(schema) is { } fault) throw ApiException.Detail(422, "Invalid schema: " + fault);
        var (values, dropped) = await DefaultsAsync(schema, ignoreInvalidDefaults, cancel);
        foreach (var layer in layers)
        {
            foreach (var (name, value) in ParameterCheck.Map(layer)) values[name] = value;
        }
        try
        {
            return ParameterCheck.Problem(
                schema, values, new SchemaOptions(Preprocess: true, IgnoreRequired: ignoreRequired || dropped, AllowNullWithDefault: true));
        }
        catch (SchemaException error)
        {
            throw ApiException.Detail(422, error.Message);
        }
    }

    private async Task<(JsonMap Values, bool Dropped)> DefaultsAsync(JsonMap schema, bool ignoreInvalid, CancellationToken cancel)
    {
        var defaults = new JsonMap();
        var dropped = false;
        if (schema.GetValueOrDefault("properties") is not JsonMap properties) return (defaults, dropped);
        foreach (var (name, property) in properties)
        {
            if (property is not JsonMap attributes || !attributes.TryGetValue("default", out var value)) continue;
            if (value is JsonMap map && map.TryGetValue("$ref", out var reference))
            {
                if (await BlockAsync(reference, cancel) is not { } block) continue;
                value = block;
            }
            if (ignoreInvalid && SchemaValidator.Validate(schema, new JsonMap { [name] = value }, new SchemaOptions(Preprocess: false, IgnoreRequired: true)).Count > 0)
            {
                dropped = true;
                continue;
            }
            defaults[name] = value;
        }
        return (defaults, dropped);
    }

    private async Task<object?> BlockAsync(object? reference, CancellationToken cancel)
    {
        if (reference is not JsonMap map || map.GetValueOrDefault("block_document_id") is not { } id) return null;
        if (!Guid.TryParse(id as string, out var document)) throw ApiException.Detail(404, "Block not found.");
        var block = await blocks.FindAsync(document, includeSecrets: true, cancel) ?? throw ApiException.Detail(404, "Block not found.");
        return JsonTree.Parse(block.Data.Utf8);
    }
}
