using System.Text.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>One operation of the document: what its parameters and its body must be like.</summary>
public sealed class Operation
{
    /// <summary>How deep a body may nest, as in the reference. Below what the wire types read, so that what is stored can be quoted.</summary>
    public const int MaxDepth = 200;

    [ThreadStatic] private static ValidationWalk? cachedWalk;

    private readonly SchemaNode? _body;
    private readonly bool _required;
    private readonly bool _ofParameters;

    internal Operation(JsonElement operation, SchemaCompiler compiler)
    {
        Id = operation.TryGetProperty("operationId", out var id) ? id.GetString()! : "";
        var parameters = new List<OperationParameter>();
        if (operation.TryGetProperty("parameters", out var all))
        {
            foreach (var each in all.EnumerateArray())
            {
                var node = compiler.Compile(each.GetProperty("schema"));
                var place = each.GetProperty("in").GetString()!;
                // The route itself sees to ids, and any text will do for a name.
                if (place == "path" && node.Actual is not ChoiceNode) continue;
                var required = each.TryGetProperty("required", out var needed) && needed.GetBoolean();
                parameters.Add(new OperationParameter(place, each.GetProperty("name").GetString()!, required, node));
            }
        }
        Parameters = parameters;
        if (!operation.TryGetProperty("requestBody", out var body)) return;
        var schema = body.GetProperty("content").GetProperty("application/json").GetProperty("schema");
        _body = compiler.Compile(schema);
        _ofParameters = schema.TryGetProperty("$ref", out var name) && ParameterBody.IsNamed(name.GetString()!["#/components/schemas/".Length..]);
        _required = body.TryGetProperty("required", out var must) && must.GetBoolean();
        EmptyBody = schema.TryGetProperty("default", out var otherwise) ? JsonSerializedText(otherwise) : "{}"u8.ToArray();
    }

    public string Id { get; }

    /// <summary>The parameters that need checking: those of the path only where the route takes what is no right value.</summary>
    public IReadOnlyList<OperationParameter> Parameters { get; }

    public bool TakesBody => _body is not null;

    /// <summary>The JSON that a missing body stands for, where it may be missing.</summary>
    public ReadOnlyMemory<byte> EmptyBody { get; }

    /// <summary>Whether the body counts as not sent: nothing, or <c>null</c>.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> body) => body.Trim(" \t\r\n"u8) is [] or [(byte)'n', (byte)'u', (byte)'l', (byte)'l'];

    /// <summary>What a body says: where its members are parameters, those that are null were not given.</summary>
    public ReadOnlyMemory<byte> Meant(ReadOnlyMemory<byte> body) => _ofParameters ? ParameterBody.WithoutNulls(body) : body;

    /// <summary>Checks a body.</summary>
    /// <param name="body">The bytes as they came; may be empty.</param>
    /// <param name="strict">Refuse keys that a schema does not know; otherwise they are only counted.</param>
    /// <param name="unknownFields">How many keys were not known.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public ValidationErrors? CheckBody(ReadOnlyMemory<byte> body, bool strict, out int unknownFields)
    {
        unknownFields = 0;
        if (_body is null) return null;
        if (IsMissing(body.Span)) return Missing();
        if (JsonText.Fault(body.Span) is { } badText) return Malformed(badText);
        var walk = cachedWalk ?? new ValidationWalk();
        cachedWalk = null;
        try
        {
            walk.Begin(body, strict);
            var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
            reader.Read();
            _body.Check(ref reader, walk);
            reader.Read();
            unknownFields = walk.UnknownFields;
            return walk.Errors;
        }
        catch (JsonException error)
        {
            return Malformed(error.Message);
        }
        finally
        {
            walk.Begin(default, strict: false);
            cachedWalk = walk;
        }
    }

    private ValidationErrors? Missing()
    {
        if (!_required) return null;
        var walk = new ValidationWalk();
        walk.Begin(default, strict: false);
        if (_body!.Actual is ObjectNode node && node.MissingAll(walk)) return walk.Errors;
        var errors = new ValidationErrors();
        errors.Add("missing", ["body"], "A body is required: send JSON.");
        return errors;
    }

    private static ValidationErrors Malformed(string problem)
    {
        var errors = new ValidationErrors();
        errors.Add("json_invalid", ["body"], $"The body is not JSON that can be read: {problem}");
        return errors;
    }

    private static byte[] JsonSerializedText(JsonElement element) => System.Text.Encoding.UTF8.GetBytes(element.GetRawText());
}
