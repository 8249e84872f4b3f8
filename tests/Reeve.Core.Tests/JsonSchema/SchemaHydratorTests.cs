using System.Text;
using Reeve.Core.JsonSchema;

namespace Reeve.Core.Tests.JsonSchema;

public class SchemaHydratorTests
{
    private static readonly Dictionary<string, object?> Variables = new() { ["answer"] = 42L, ["list"] = new List<object?> { 1L } };

    private static HydrationContext Context(bool variables = true, bool render = true, bool throws = false) => new()
    {
        Variables = variables ? Variables : null,
        CheckTemplate = template => template.Contains("bad", StringComparison.Ordinal) ? "it is bad" : null,
        RenderTemplate = render ? template => (template.Replace("{{ x }}", "7", StringComparison.Ordinal), template.Contains("boom", StringComparison.Ordinal) ? "boom" : null) : null,
        Throw = throws,
    };

    [Theory]
    [InlineData("""{"a":1,"b":[1,{"c":null}]}""", """{"a":1,"b":[1,{"c":null}]}""")]
    [InlineData("""{"a":{"__prefect_kind":"none","value":5}}""", """{"a":5}""")]
    [InlineData("""{"a":{"__prefect_kind":"none","value":{"__prefect_kind":"json","value":"[1]"}}}""", """{"a":[1]}""")]
    [InlineData("""{"a":{"__prefect_kind":"json","value":"{\"b\": 1.5}"}}""", """{"a":{"b":1.5}}""")]
    [InlineData("""{"a":{"__prefect_kind":"json"},"b":[{"__prefect_kind":"workspace_variable"},2]}""", """{"b":[2]}""")]
    [InlineData("""{"__prefect_kind":"json"}""", "{}")]
    [InlineData("""{"a":{"__prefect_kind":"jinja","template":"n{{ x }}"}}""", """{"a":"n7"}""")]
    [InlineData("""{"a":{"__prefect_kind":"json","value":{"__prefect_kind":"jinja","template":"{{ x }}"}}}""", """{"a":7}""")]
    [InlineData("""{"a":{"__prefect_kind":"workspace_variable","variable_name":"answer"}}""", """{"a":42}""")]
    [InlineData("""{"a":{"__prefect_kind":"other","value":3},"b":{"__prefect_kind":null}}""", """{"a":3,"b":null}""")]
    public void Placeholders_become_the_values_they_stand_for(string value, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(JsonTree.ToUtf8(SchemaHydrator.Hydrate(JsonTree.Parse(value), Context()))));

    [Theory]
    [InlineData("""{"__prefect_kind":"none"}""", "Missing 'value' key in __prefect object")]
    [InlineData("""{"__prefect_kind":"jinja"}""", "Missing 'template' key in __prefect object")]
    [InlineData("""{"__prefect_kind":"jinja","template":"bad"}""", "Invalid jinja: it is bad")]
    [InlineData("""{"__prefect_kind":"jinja","template":"boom"}""", "Invalid jinja: boom")]
    [InlineData("""{"__prefect_kind":"workspace_variable","variable_name":"nope"}""", "Variable 'nope' not found in workspace.")]
    [InlineData("""{"__prefect_kind":"json","value":""}""", "Invalid JSON: Expecting value: line 1 column 1 (char 0)")]
    [InlineData("""{"__prefect_kind":"json","value":"[1,]"}""", "Invalid JSON: Expecting value: line 1 column 4 (char 3)")]
    [InlineData("""{"__prefect_kind":"json","value":"{a:1}"}""", "Invalid JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)")]
    [InlineData("""{"__prefect_kind":"json","value":"{\"a\" 1}"}""", "Invalid JSON: Expecting ':' delimiter: line 1 column 6 (char 5)")]
    [InlineData("""{"__prefect_kind":"json","value":"[1 2]"}""", "Invalid JSON: Expecting ',' delimiter: line 1 column 4 (char 3)")]
    [InlineData("""{"__prefect_kind":"json","value":"1\n2"}""", "Invalid JSON: Extra data: line 2 column 1 (char 2)")]
    [InlineData("""{"__prefect_kind":"json","value":"\"ab"}""", "Invalid JSON: Unterminated string starting at: line 1 column 1 (char 0)")]
    public void What_cannot_be_hydrated_says_why(string value, string message)
    {
        var failure = Assert.IsType<HydrationFailure>(SchemaHydrator.Hydrate(JsonTree.Parse(value), Context()));
        Assert.Equal(message, failure.Message);
        var thrown = Assert.Throws<HydrationException>(() => SchemaHydrator.Hydrate(JsonTree.Parse(value), Context(throws: true)));
        Assert.Equal(message, thrown.Message);
    }

    [Fact]
    public void A_failure_is_the_only_error_shown_at_its_place_and_pending_values_are_none()
    {
        var value = SchemaHydrator.Hydrate(
            JsonTree.Parse("""{"a":{"__prefect_kind":"json","value":"x"},"b":{"__prefect_kind":"jinja","template":"{{ x }}"},"c":{"__prefect_kind":"workspace_variable","variable_name":"answer"}}"""),
            Context(variables: false, render: false));
        var schema = JsonTree.Parse("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"},"c":{"type":"integer"},"d":{"type":"integer"}},"required":["a","d"]}""");
        var nodes = SchemaErrorTree.Build(SchemaValidator.Validate(schema, value, new SchemaOptions()));
        Assert.Equal(2, nodes.Count);
        Assert.Equal("a", nodes[0].Property);
        Assert.Equal("Invalid JSON: Expecting value: line 1 column 1 (char 0)", Assert.Single(nodes[0].Errors).Message);
        Assert.Equal("d", nodes[1].Property);
        Assert.Equal("'d' is a required property", Assert.Single(nodes[1].Errors).Message);
    }
}
