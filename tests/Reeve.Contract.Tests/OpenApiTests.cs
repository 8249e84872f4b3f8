using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Reeve.Core;

namespace Reeve.Contract.Tests;

public sealed class OpenApiTests
{
    [Fact]
    public void Every_schema_has_a_type_with_the_same_members_in_the_same_order_that_can_hold_what_the_schema_allows()
    {
        if (SharedFiles.Find("contract/openapi.json") is not { } path)
            return;
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        var faults = new List<string>();
        foreach (var schema in document.RootElement.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            if (schema.Name.Contains("Settings", StringComparison.Ordinal))
                continue;
            if (SchemaTypes.Find(schema.Name) is not { } type)
                faults.Add($"{schema.Name}: no type");
            else if (schema.Value.TryGetProperty("enum", out var values))
                CompareEnum(schema.Name, type, values, faults);
            else if (schema.Value.TryGetProperty("properties", out var properties))
                CompareObject(schema.Name, SchemaTypes.Info(type), properties, faults);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static void CompareEnum(string schema, Type type, JsonElement values, List<string> faults)
    {
        var info = SchemaTypes.Info(type);
        var expected = values.EnumerateArray().Select(value => value.GetString()!).ToList();
        var actual = Enum.GetValuesAsUnderlyingType(type).Cast<int>()
            .Select(value => JsonSerializer.Serialize(Enum.ToObject(type, value), info).Trim('"')).ToList();
        if (!expected.SequenceEqual(actual) && (type.Name != "StateType" || !expected.Order().SequenceEqual(actual.Order())))
            faults.Add($"{schema}: expected {string.Join(',', expected)}; actual {string.Join(',', actual)}");
    }

    private static void CompareObject(string schema, JsonTypeInfo info, JsonElement properties, List<string> faults)
    {
        var expected = properties.EnumerateObject().Select(property => property.Name).ToList();
        var actual = info.Properties.Where(property => !property.IsExtensionData).ToList();
        if (!expected.SequenceEqual(actual.Select(property => property.Name)))
        {
            faults.Add($"{schema}: expected {string.Join(',', expected)}; actual {string.Join(',', actual.Select(property => property.Name))}");
            return;
        }

        foreach (var property in actual)
        {
            var declared = properties.GetProperty(property.Name);

            // A stored state always has a name: the server gives it one.
            if (AllowsNull(declared) && !HoldsNull(property) && $"{schema}.{property.Name}" != "State.name")
                faults.Add($"{schema}.{property.Name}: must hold null");
        }
    }

    private static bool AllowsNull(JsonElement schema)
        => schema.TryGetProperty("anyOf", out var choices)
            && choices.EnumerateArray().Any(choice => choice.TryGetProperty("type", out var type) && type.GetString() == "null");

    private static bool HoldsNull(JsonPropertyInfo property)
    {
        var type = property.PropertyType;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>))
            type = type.GetGenericArguments()[0];
        else if (!type.IsValueType)
            return property.IsSetNullable && property.IsGetNullable;
        return type == typeof(RawJson) || !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
    }

    [Fact]
    public void Every_kind_of_optional_member_has_its_converter()
    {
        var types = typeof(ReeveJson).Assembly.GetExportedTypes().Where(type => !type.IsGenericType && type.IsClass && !type.IsAbstract);
        var members = types
            .Where(type => ReeveJson.Options.TryGetTypeInfo(type, out _))
            .SelectMany(type => SchemaTypes.Info(type).Properties)
            .Where(property => property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() is var generic && (generic == typeof(Optional<>) || generic == typeof(OneOrMany<>)))
            .ToList();

        Assert.NotEmpty(members);
        Assert.All(members, member => Assert.Equal("Reeve.Contract.Json", ReeveJson.Options.GetConverter(member.PropertyType).GetType().Namespace));
    }
}
