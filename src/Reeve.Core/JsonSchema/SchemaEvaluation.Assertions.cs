using System.Numerics;
using Reeve.Core.Python;

namespace Reeve.Core.JsonSchema;

/// <summary>Keywords that judge the value itself.</summary>
internal sealed partial class SchemaEvaluation
{
    private IEnumerable<SchemaError>? Assert(string keyword, object? argument, object? instance)
    {
        if (keyword == "required")
            return instance is JsonMap owner ? Required(List(argument), owner) : null;
        if (keyword == "dependentRequired")
            return instance is JsonMap dependent ? DependentRequired(Map(argument), dependent) : null;
        var message = keyword switch
        {
            "type" => TypeMismatch(argument, instance),
            "enum" => List(argument).Exists(each => JsonTree.AreEqual(each, instance)) ? null : $"{Repr(instance)} is not one of {Repr(argument)}",
            "const" => JsonTree.AreEqual(argument, instance) ? null : $"{Repr(argument)} was expected",
            "minimum" => Compare(instance, argument) < 0 ? $"{Repr(instance)} is less than the minimum of {Repr(argument)}" : null,
            "maximum" => Compare(instance, argument) > 0 ? $"{Repr(instance)} is greater than the maximum of {Repr(argument)}" : null,
            "exclusiveMinimum" => Compare(instance, argument) <= 0 ? $"{Repr(instance)} is less than or equal to the minimum of {Repr(argument)}" : null,
            "exclusiveMaximum" => Compare(instance, argument) >= 0 ? $"{Repr(instance)} is greater than or equal to the maximum of {Repr(argument)}" : null,
            "multipleOf" => IsMultiple(instance, argument) ? null : $"{Repr(instance)} is not a multiple of {PythonText.Str(argument)}",
            "minLength" => TooFew(instance is string ? Length(instance) : null, argument, instance, "is too short"),
            "maxLength" => TooMany(instance is string ? Length(instance) : null, argument, instance, "is too long"),
            "minItems" => TooFew((instance as List<object?>)?.Count, argument, instance, "is too short"),
            "maxItems" => TooMany((instance as List<object?>)?.Count, argument, instance, "is too long"),
            "minProperties" => TooFew((instance as JsonMap)?.Count, argument, instance, "does not have enough properties"),
            "maxProperties" => TooMany((instance as JsonMap)?.Count, argument, instance, "has too many properties"),
            "uniqueItems" => argument is true && instance is List<object?> items && !AreUnique(items) ? $"{Repr(instance)} has non-unique elements" : null,
            "pattern" => instance is string text && !SchemaPattern.Matches(Text(argument), text) ? $"{Repr(instance)} does not match {Repr(argument)}" : null,
            "format" => _checkFormats && argument is string format && instance is string formatted && !SchemaFormats.Conforms(format, formatted) ? $"{Repr(instance)} is not a {Repr(argument)}" : null,
            _ => null,
        };
        return message is null ? null : [new SchemaError(message)];
    }

    private string? TypeMismatch(object? argument, object? instance)
    {
        var types = argument is string single ? [single] : List(argument);
        foreach (var type in types)
        {
            if (IsType(instance, Text(type)))
                return null;
        }

        return $"{Repr(instance)} is not of type {string.Join(", ", types.Select(Repr))}";
    }

    internal static bool IsType(object? instance, string type) => type switch
    {
        "null" => instance is null,
        "boolean" => instance is bool,
        "string" => instance is string,
        "array" => instance is List<object?>,
        "object" => instance is JsonMap,
        "number" => PythonNumber.IsNumber(instance),
        "integer" => instance is long or BigInteger || (instance is double d && double.IsInteger(d)),
        _ => throw new SchemaException(SchemaFault.Invalid, $"Invalid schema: {PythonText.Repr(type)} is not valid under any of the given schemas"),
    };

    private IEnumerable<SchemaError> Required(List<object?> names, JsonMap instance)
    {
        foreach (var name in names)
        {
            if (!instance.ContainsKey(Text(name)))
                yield return Error($"{Repr(name)} is a required property");
        }
    }

    private IEnumerable<SchemaError> DependentRequired(JsonMap dependencies, JsonMap instance)
    {
        foreach (var (name, needed) in dependencies)
        {
            if (!instance.ContainsKey(name))
                continue;
            foreach (var each in List(needed))
            {
                if (!instance.ContainsKey(Text(each)))
                    yield return Error($"{Repr(each)} is a dependency of {Repr(name)}");
            }
        }
    }

    private static int? Compare(object? instance, object? bound)
    {
        if (!PythonNumber.IsNumber(instance))
            return null;
        return PythonNumber.IsNumber(bound) ? PythonNumber.Compare(instance!, bound!) : throw Malformed(bound, "number");
    }

    private static bool IsMultiple(object? instance, object? divisor)
    {
        if (!PythonNumber.IsNumber(instance))
            return true;
        if (!PythonNumber.IsNumber(divisor))
            throw Malformed(divisor, "number");
        if (PythonNumber.Compare(divisor!, 0L) == 0)
            throw new SchemaException(SchemaFault.Invalid, "Invalid schema: 0 is less than or equal to the minimum of 0");
        if (divisor is double d)
        {
            var number = PythonNumber.ToDouble(instance!);
            var quotient = number / d;
            return double.IsFinite(quotient) ? Math.Truncate(quotient) == quotient : Math.IEEERemainder(number, d) == 0;
        }

        return instance is double f
            ? f % PythonNumber.ToDouble(divisor!) == 0
            : BigInteger.Remainder(PythonNumber.ToBig(instance!), PythonNumber.ToBig(divisor!)).IsZero;
    }

    private static int Count(object? argument) => argument switch
    {
        long l => (int)Math.Clamp(l, -1, int.MaxValue),
        double d => (int)Math.Clamp(Math.Ceiling(d), -1, int.MaxValue),
        BigInteger => int.MaxValue,
        _ => throw Malformed(argument, "integer"),
    };

    private static int Length(object? text) => ((string)text!).EnumerateRunes().Count();

    private string? TooFew(int? count, object? argument, object? instance, string otherwise)
    {
        var least = Count(argument);
        if (count is null || count >= least)
            return null;
        return $"{Repr(instance)} {(least == 1 ? "should be non-empty" : otherwise)}";
    }

    private string? TooMany(int? count, object? argument, object? instance, string otherwise)
    {
        var most = Count(argument);
        if (count is null || count <= most)
            return null;
        return $"{Repr(instance)} {(most == 0 ? "is expected to be empty" : otherwise)}";
    }

    private bool AreUnique(List<object?> items)
    {
        if (items.TrueForAll(item => item is string))
            return items.Distinct().Count() == items.Count;
        for (var i = 1; i < items.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Step();
                if (JsonTree.AreEqual(items[i], items[j]))
                    return false;
            }
        }

        return true;
    }
}
