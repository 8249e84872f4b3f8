namespace Reeve.Core.JsonSchema;

/// <summary>The two keywords that ask what the other keywords have looked at.</summary>
internal sealed partial class SchemaEvaluation
{
    private IEnumerable<SchemaError> UnevaluatedItems(object? instance, JsonMap schema)
    {
        if (instance is not List<object?> list)
            yield break;
        var seen = new HashSet<int>();
        CollectItems(list, schema, seen);
        var rest = list.Where((_, index) => !seen.Contains(index)).ToList();
        if (rest.Count > 0)
            yield return Error($"Unevaluated items are not allowed ({Listed(rest)} unexpected)");
    }

    private void CollectItems(List<object?> list, object? from, HashSet<int> seen)
    {
        Step();
        if (from is not JsonMap schema)
            return;
        if (schema.ContainsKey("items"))
        {
            seen.UnionWith(Enumerable.Range(0, list.Count));
            return;
        }

        Follow(schema, target => CollectItems(list, target, seen));
        if (schema.GetValueOrDefault("prefixItems") is List<object?> prefix)
            seen.UnionWith(Enumerable.Range(0, prefix.Count));
        foreach (var keyword in (string[])["contains", "unevaluatedItems"])
        {
            if (!schema.TryGetValue(keyword, out var inner))
                continue;
            for (var i = 0; i < list.Count; i++)
            {
                if (IsValid(list[i], inner))
                    seen.Add(i);
            }
        }

        foreach (var branch in Branches(schema, list))
            CollectItems(list, branch, seen);
    }

    private IEnumerable<SchemaError> UnevaluatedProperties(object? argument, object? instance, JsonMap schema)
    {
        if (instance is not JsonMap map)
            yield break;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        CollectProperties(map, schema, seen);
        var rest = new List<string>();
        foreach (var (name, value) in map)
        {
            if (!seen.Contains(name))
                rest.AddRange(Descend(value, argument, name).Select(_ => name));
        }

        if (rest.Count == 0)
            yield break;
        if (argument is false)
        {
            rest.Sort(CompareByCodePoint);
            yield return Error($"Unevaluated properties are not allowed ({Listed(rest)} unexpected)");
        }
        else
        {
            yield return Error($"Unevaluated properties are not valid under the given schema ({Listed(rest)} unevaluated and invalid)");
        }
    }

    private void CollectProperties(JsonMap map, object? from, HashSet<string> seen)
    {
        Step();
        if (from is not JsonMap schema)
            return;
        Follow(schema, target => CollectProperties(map, target, seen));
        if (schema.GetValueOrDefault("properties") is JsonMap properties)
            seen.UnionWith(properties.Keys.Where(map.ContainsKey));
        foreach (var keyword in (string[])["additionalProperties", "unevaluatedProperties"])
        {
            if (schema.GetValueOrDefault(keyword) is { } inner)
                seen.UnionWith(map.Where(pair => IsValid(pair.Value, inner)).Select(pair => pair.Key));
        }

        if (schema.GetValueOrDefault("patternProperties") is JsonMap patterns)
            seen.UnionWith(map.Keys.Where(name => patterns.Keys.Any(pattern => SchemaPattern.Matches(pattern, name))));
        if (schema.GetValueOrDefault("dependentSchemas") is JsonMap dependencies)
        {
            foreach (var (name, dependency) in dependencies)
            {
                if (map.ContainsKey(name))
                    CollectProperties(map, dependency, seen);
            }
        }

        foreach (var branch in Branches(schema, map))
            CollectProperties(map, branch, seen);
    }

    /// <summary>The in-place subschemas that accept the instance and therefore count as having looked at it.</summary>
    private IEnumerable<object?> Branches(JsonMap schema, object instance)
    {
        foreach (var keyword in (string[])["allOf", "oneOf", "anyOf"])
        {
            if (schema.GetValueOrDefault(keyword) is not List<object?> alternatives)
                continue;
            foreach (var alternative in alternatives)
            {
                if (IsValid(instance, alternative))
                    yield return alternative;
            }
        }

        if (!schema.TryGetValue("if", out var condition))
            yield break;
        if (IsValid(instance, condition))
        {
            yield return condition;
            if (schema.TryGetValue("then", out var then))
                yield return then;
        }
        else if (schema.TryGetValue("else", out var otherwise))
        {
            yield return otherwise;
        }
    }

    private void Follow(JsonMap schema, Action<object?> visit)
    {
        foreach (var keyword in (string[])["$ref", "$dynamicRef"])
        {
            if (schema.GetValueOrDefault(keyword) is not string reference)
                continue;
            var target = _references.Resolve(reference);
            if (++_depth > MaxDepth)
                throw new SchemaException(SchemaFault.Circular, SchemaException.CircularMessage);
            try
            {
                visit(target);
            }
            finally
            {
                _depth--;
            }
        }
    }
}
