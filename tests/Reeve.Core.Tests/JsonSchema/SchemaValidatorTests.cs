using CsCheck;
using Reeve.Core.JsonSchema;

namespace Reeve.Core.Tests.JsonSchema;

public class SchemaValidatorTests
{
    [Theory]
    [InlineData("""{"$ref":"#"}""", "{}")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"anyOf":[{"$ref":"#/$defs/b"}]},"b":{"allOf":[{"$ref":"#/$defs/a"}]}}}""", "5")]
    [InlineData("""{"unevaluatedProperties":false,"allOf":[{"$ref":"#"}]}""", """{"a":1}""")]
    public void References_that_lead_back_to_themselves_are_refused_as_circular(string schema, string value) =>
        Assert.Equal(SchemaFault.Circular, Assert.Throws<SchemaException>(() => SchemaValidator.Validate(JsonTree.Parse(schema), JsonTree.Parse(value), new SchemaOptions())).Fault);

    [Fact]
    public void A_recursive_schema_follows_the_value_as_deep_as_it_goes()
    {
        var schema = JsonTree.Parse("""{"type":"object","properties":{"child":{"$ref":"#"}},"additionalProperties":false}""");
        var value = JsonTree.Parse("""{"child":{"child":{"child":{"other":1}}}}""");
        var error = Assert.Single(SchemaValidator.Validate(schema, value, new SchemaOptions()));
        Assert.Equal("$.child.child.child", error.JsonPath);
    }

    [Fact]
    public void A_schema_that_branches_without_end_runs_into_a_limit()
    {
        var definitions = new JsonMap { ["d40"] = JsonTree.Parse("""{"type":"string"}""") };
        for (var i = 0; i < 40; i++)
        {
            var next = new JsonMap { ["$ref"] = $"#/$defs/d{i + 1}" };
            definitions[$"d{i}"] = new JsonMap { ["allOf"] = new List<object?> { next, next } };
        }

        var schema = new JsonMap { ["$ref"] = "#/$defs/d0", ["$defs"] = definitions };
        Assert.Equal(SchemaFault.TooComplex, Assert.Throws<SchemaException>(() => SchemaValidator.Validate(schema, "x", new SchemaOptions())).Fault);
    }

    [Fact]
    public void Any_document_taken_as_a_schema_gives_errors_or_a_schema_exception_and_nothing_else()
    {
        string[] keywords = ["type", "properties", "items", "allOf", "anyOf", "oneOf", "not", "if", "then", "required", "enum", "const", "minimum", "multipleOf", "pattern", "format",
            "$ref", "contains", "minContains", "uniqueItems", "additionalProperties", "unevaluatedProperties", "prefixItems", "dependentRequired", "propertyNames", "minLength", "definitions", "default"];
        object?[] leaves = [null, true, false, 0L, -1L, 2.5, 1e300, "", "string", "object", "#", "#/properties/a", "[", "a", "uuid"];
        var tree = Gen.Recursive<object?>((depth, self) => depth > 4
            ? Gen.OneOf(leaves.Select(leaf => Gen.Const(leaf)).ToArray())
            : Gen.Frequency(
                (2, Gen.OneOf(leaves.Select(leaf => Gen.Const(leaf)).ToArray())),
                (1, self.List[0, 3].Select(list => (object?)list)),
                (4, Gen.Select(Gen.Int[0, keywords.Length - 1].Select(i => keywords[i]), self).List[0, 4].Select(pairs => (object?)Map(pairs)))));
        Gen.Select(tree, tree).Sample((schema, value) =>
        {
            try
            {
                _ = SchemaValidator.SchemaProblem(schema);
                foreach (var error in SchemaValidator.Validate(schema, value, new SchemaOptions()))
                    _ = error.Describe();
                _ = SchemaValidator.FirstError(schema, value, new SchemaOptions());
            }
            catch (SchemaException)
            {
            }
        }, iter: 2000);
    }

    private static JsonMap Map(IEnumerable<(string Key, object? Value)> pairs)
    {
        var map = new JsonMap();
        foreach (var (key, value) in pairs)
            map[key] = value;
        return map;
    }
}
