namespace Reeve.Core.JsonSchema;

/// <summary>Keywords that apply further schemas.</summary>
internal sealed partial class SchemaEvaluation
{
    private IEnumerable<SchemaError> AllOf(List<object?> schemas, object? instance)
    {
        foreach (var schema in schemas)
        {
            foreach (var error in Descend(instance, schema))
                yield return error;
        }
    }

    private IEnumerable<SchemaError> AnyOf(List<object?> schemas, object? instance)
    {
        var refusals = new List<SchemaError>();
        foreach (var schema in schemas)
        {
            var errors = Descend(instance, schema).ToList();
            if (errors.Count == 0)
                yield break;
            refusals.AddRange(errors);
        }

        yield return SchemaError.Alternatives($"{Repr(instance)} is not valid under any of the given schemas", refusals);
    }

    private IEnumerable<SchemaError> OneOf(List<object?> schemas, object? instance)
    {
        var refusals = new List<SchemaError>();
        var firstValid = -1;
        for (var i = 0; i < schemas.Count && firstValid < 0; i++)
        {
            var errors = Descend(instance, schemas[i]).ToList();
            if (errors.Count == 0)
                firstValid = i;
            refusals.AddRange(errors);
        }

        if (firstValid < 0)
        {
            yield return SchemaError.Alternatives($"{Repr(instance)} is not valid under any of the given schemas", refusals);
            yield break;
        }

        var alsoValid = new List<object?>();
        for (var i = firstValid + 1; i < schemas.Count; i++)
        {
            if (IsValid(instance, schemas[i]))
                alsoValid.Add(schemas[i]);
        }

        if (alsoValid.Count > 0)
        {
            alsoValid.Add(schemas[firstValid]);
            yield return Error($"{Repr(instance)} is valid under each of {string.Join(", ", alsoValid.Select(Repr))}");
        }
    }

    private IEnumerable<SchemaError> Not(object? schema, object? instance)
    {
        if (IsValid(instance, schema))
            yield return Error($"{Repr(instance)} should not be valid under {Repr(schema)}");
    }

    private IEnumerable<SchemaError> If(object? condition, object? instance, JsonMap schema)
    {
        var branch = IsValid(instance, condition) ? "then" : "else";
        return schema.TryGetValue(branch, out var consequence) ? Descend(instance, consequence) : [];
    }

    private IEnumerable<SchemaError> Properties(JsonMap properties, object? instance)
    {
        if (instance is not JsonMap map)
            yield break;
        foreach (var (name, schema) in properties)
        {
            if (!map.TryGetValue(name, out var value))
                continue;
            foreach (var error in At(value, schema, name))
                yield return error;
        }
    }

    private IEnumerable<SchemaError> PatternProperties(JsonMap patterns, object? instance)
    {
        if (instance is not JsonMap map)
            yield break;
        foreach (var (pattern, schema) in patterns)
        {
            foreach (var (name, value) in map)
            {
                if (!SchemaPattern.Matches(pattern, name))
                    continue;
                foreach (var error in At(value, schema, name))
                    yield return error;
            }
        }
    }

    private IEnumerable<SchemaError> AdditionalProperties(object? allowed, object? instance, JsonMap schema)
    {
        if (instance is not JsonMap map)
            yield break;
        var extras = AdditionalNames(map, schema).ToList();
        if (allowed is JsonMap)
        {
            foreach (var extra in extras)
            {
                foreach (var error in At(map[extra], allowed, extra))
                    yield return error;
            }
        }
        else if (allowed is false && extras.Count > 0)
        {
            extras.Sort(CompareByCodePoint);
            if (schema.TryGetValue("patternProperties", out var patterns))
            {
                var names = Map(patterns).Keys.Order(Comparer<string>.Create(CompareByCodePoint)).Select(Repr);
                yield return Error($"{string.Join(", ", extras.Select(Repr))} {(extras.Count == 1 ? "does" : "do")} not match any of the regexes: {string.Join(", ", names)}");
            }
            else
            {
                yield return Error($"Additional properties are not allowed ({Listed(extras)} unexpected)");
            }
        }
    }

    private static IEnumerable<string> AdditionalNames(JsonMap map, JsonMap schema)
    {
        var properties = schema.GetValueOrDefault("properties") as JsonMap;
        var patterns = (schema.GetValueOrDefault("patternProperties") as JsonMap)?.Keys.ToList() ?? [];
        return map.Keys.Where(name => properties?.ContainsKey(name) != true && !patterns.Exists(pattern => SchemaPattern.Matches(pattern, name)));
    }

    private IEnumerable<SchemaError> PropertyNames(object? schema, object? instance)
    {
        if (instance is not JsonMap map)
            yield break;
        foreach (var name in map.Keys)
        {
            foreach (var error in Descend(name, schema))
                yield return error;
        }
    }

    private IEnumerable<SchemaError> DependentSchemas(JsonMap dependencies, object? instance)
    {
        if (instance is not JsonMap map)
            yield break;
        foreach (var (name, schema) in dependencies)
        {
            if (!map.ContainsKey(name))
                continue;
            foreach (var error in Descend(instance, schema))
                yield return error;
        }
    }

    private IEnumerable<SchemaError> PrefixItems(List<object?> schemas, object? instance)
    {
        if (instance is not List<object?> list)
            yield break;
        for (var i = 0; i < Math.Min(list.Count, schemas.Count); i++)
        {
            foreach (var error in At(list[i], schemas[i], i))
                yield return error;
        }
    }

    private IEnumerable<SchemaError> Items(object? schema, object? instance, JsonMap parent)
    {
        if (instance is not List<object?> list)
            yield break;
        var prefix = (parent.GetValueOrDefault("prefixItems") as List<object?>)?.Count ?? 0;
        var extra = list.Count - prefix;
        if (extra <= 0)
            yield break;
        if (schema is false)
        {
            object? rest = extra == 1 ? list[prefix] : list.GetRange(prefix, extra);
            yield return Error($"Expected at most {prefix} {(prefix == 1 ? "item" : "items")} but found {extra} extra: {Repr(rest)}");
            yield break;
        }

        for (var i = prefix; i < list.Count; i++)
        {
            foreach (var error in At(list[i], schema, i))
                yield return error;
        }
    }

    private IEnumerable<SchemaError> Contains(object? schema, object? instance, JsonMap parent)
    {
        if (instance is not List<object?> list)
            yield break;
        var least = parent.TryGetValue("minContains", out var min) ? Count(min) : 1;
        var most = parent.TryGetValue("maxContains", out var max) ? Count(max) : list.Count;
        var matches = 0;
        foreach (var item in list)
        {
            if (!IsValid(item, schema))
                continue;
            if (++matches > most)
            {
                yield return Error($"Too many items match the given schema (expected at most {Python.PythonText.Str(max)})", "maxContains");
                yield break;
            }
        }

        if (matches >= least)
            yield break;
        if (matches == 0)
            yield return Error($"{Repr(instance)} does not contain items matching the given schema");
        else
            yield return Error($"Too few items match the given schema (expected at least {Python.PythonText.Str(min)} but only {matches} matched)", "minContains");
    }

    // A false schema under a name reports no place of its own: that is how the reference does it.
    private IEnumerable<SchemaError> At(object? value, object? schema, object place) => Descend(value, schema, place);

    private string Listed(IReadOnlyCollection<object?> extras) =>
        $"{string.Join(", ", extras.Select(Repr))} {(extras.Count == 1 ? "was" : "were")}";

    private static int CompareByCodePoint(string left, string right)
    {
        // Ordinal order of UTF-16 puts surrogates before U+E000..U+FFFF; Python sorts by code point.
        var (x, y) = (left.EnumerateRunes().GetEnumerator(), right.EnumerateRunes().GetEnumerator());
        while (true)
        {
            var (more, other) = (x.MoveNext(), y.MoveNext());
            if (!more || !other)
                return more.CompareTo(other);
            var order = x.Current.CompareTo(y.Current);
            if (order != 0)
                return order;
        }
    }
}
