using System.Text;
using Reeve.Core.Python;

namespace Reeve.Core.JsonSchema;

/// <summary>
/// One pass of a schema over a value. Errors come lazily and in the order in which the keywords stand in the schema, because
/// "is it valid at all" stops at the first of them, also when a later keyword would never end.
/// </summary>
internal sealed partial class SchemaEvaluation
{
    private const int MaxDepth = 250;
    private const int MaxSteps = 500_000;
    private const long MaxMessageCharacters = 20_000_000;

    private readonly SchemaReferences _references;
    private readonly HashSet<(object Schema, object? Instance)> _following = new(IdentityPairs.Instance);
    private int _depth;
    private int _steps;
    private long _messageCharacters;

    private readonly bool _checkFormats;

    public SchemaEvaluation(object? root, bool checkFormats = true)
    {
        _references = new SchemaReferences(root);
        _checkFormats = checkFormats;
    }

    public IEnumerable<SchemaError> Errors(object? instance) => Descend(instance, _references.Root);

    private IEnumerable<SchemaError> Descend(object? instance, object? schema, object? path = null)
    {
        Step();
        if (schema is true)
            yield break;
        if (schema is false)
        {
            var refusal = Error($"False schema does not allow {Repr(instance)}");
            Complete(refusal, null, instance, schema);
            // The reference reports a refusal by a false schema at the parent's place.
            yield return refusal;
            yield break;
        }

        var keywords = schema as JsonMap
            ?? throw new SchemaException(SchemaFault.Invalid, $"Invalid schema: {PythonText.Repr(schema)} is not of type 'object', 'boolean'");
        if (++_depth > MaxDepth)
            throw new SchemaException(SchemaFault.Circular, SchemaException.CircularMessage);
        try
        {
            foreach (var (keyword, argument) in keywords)
            {
                var errors = Apply(keyword, argument, instance, keywords);
                if (errors is null)
                    continue;
                foreach (var error in errors)
                {
                    Complete(error, keyword, instance, schema);
                    if (path is not null)
                        error.RelativePath.Insert(0, path);
                    yield return error;
                }
            }

            if (instance is HydrationFailure failure)
            {
                var error = Error(failure.Message);
                Complete(error, HydrationFailure.Keyword, instance, schema);
                if (path is not null)
                    error.RelativePath.Insert(0, path);
                yield return error;
            }
        }
        finally
        {
            _depth--;
        }
    }

    private IEnumerable<SchemaError>? Apply(string keyword, object? argument, object? instance, JsonMap schema) => keyword switch
    {
        "$ref" or "$dynamicRef" => Reference(Text(argument), instance),
        "allOf" => AllOf(List(argument), instance),
        "anyOf" => AnyOf(List(argument), instance),
        "oneOf" => OneOf(List(argument), instance),
        "not" => Not(argument, instance),
        "if" => If(argument, instance, schema),
        "properties" => Properties(Map(argument), instance),
        "patternProperties" => PatternProperties(Map(argument), instance),
        "additionalProperties" => AdditionalProperties(argument, instance, schema),
        "propertyNames" => PropertyNames(argument, instance),
        "dependentSchemas" => DependentSchemas(Map(argument), instance),
        "prefixItems" => PrefixItems(List(argument), instance),
        "items" => Items(argument, instance, schema),
        "contains" => Contains(argument, instance, schema),
        "unevaluatedItems" => UnevaluatedItems(instance, schema),
        "unevaluatedProperties" => UnevaluatedProperties(argument, instance, schema),
        _ => Assert(keyword, argument, instance),
    };

    private IEnumerable<SchemaError> Reference(string reference, object? instance)
    {
        var target = _references.Resolve(reference);
        if (target is not JsonMap map)
        {
            foreach (var error in Descend(instance, target))
                yield return error;
            yield break;
        }

        // The same schema over the same value, from within itself: it would never end.
        if (!_following.Add((map, instance)))
            throw new SchemaException(SchemaFault.Circular, SchemaException.CircularMessage);
        try
        {
            foreach (var error in Descend(instance, map))
                yield return error;
        }
        finally
        {
            _following.Remove((map, instance));
        }
    }

    private bool IsValid(object? instance, object? schema)
    {
        foreach (var _ in Descend(instance, schema))
            return false;
        return true;
    }

    private static void Complete(SchemaError error, string? keyword, object? instance, object? schema)
    {
        if (error.IsSet)
            return;
        error.IsSet = true;
        error.Keyword ??= keyword;
        error.Instance = instance;
        error.Schema = schema;
    }

    private SchemaError Error(string message)
    {
        Charge(message.Length);
        return new SchemaError(message);
    }

    private SchemaError Error(string message, string keyword) => new(message) { Keyword = keyword };

    private string Repr(object? value)
    {
        var text = new StringBuilder();
        PythonText.AppendRepr(text, value);
        Charge(text.Length);
        return text.ToString();
    }

    private void Charge(int characters)
    {
        if ((_messageCharacters += characters) > MaxMessageCharacters)
            throw TooComplex();
    }

    private void Step()
    {
        if (++_steps > MaxSteps)
            throw TooComplex();
    }

    private static SchemaException TooComplex() =>
        new(SchemaFault.TooComplex, "Invalid schema: Unable to validate the value within the allowed number of steps.");

    private static SchemaException Malformed(object? argument, string expected) =>
        new(SchemaFault.Invalid, $"Invalid schema: {PythonText.Repr(argument)} is not of type '{expected}'");

    private static string Text(object? argument) => argument as string ?? throw Malformed(argument, "string");

    private static List<object?> List(object? argument) => argument as List<object?> ?? throw Malformed(argument, "array");

    private static JsonMap Map(object? argument) => argument as JsonMap ?? throw Malformed(argument, "object");

    private sealed class IdentityPairs : IEqualityComparer<(object Schema, object? Instance)>
    {
        public static readonly IdentityPairs Instance = new();

        public bool Equals((object Schema, object? Instance) x, (object Schema, object? Instance) y) =>
            ReferenceEquals(x.Schema, y.Schema) && (ReferenceEquals(x.Instance, y.Instance) || (x.Instance is ValueType && x.Instance.Equals(y.Instance)));

        public int GetHashCode((object Schema, object? Instance) pair) =>
            System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.Schema);
    }
}
