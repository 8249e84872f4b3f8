using System.Text;
using Reeve.Core.JsonSchema;
using Reeve.Core.Templates;

namespace Reeve.Core.Tests.Templates;

public class JobTemplatesTests
{
    private const string Values = """{"image":"img","n":3,"flag":true,"m":{"a":[1,{"b":"deep"}]},"none":null}""";

    private static string Text(object? tree) => Encoding.UTF8.GetString(JsonTree.ToUtf8(tree)).Replace("\\u0027", "'", StringComparison.Ordinal);

    private static JsonMap Map(string json) => (JsonMap)JsonTree.Parse(json)!;

    [Theory]
    [InlineData("""{"a":"{{ n }}","b":"x{{n}}y {{ flag }}"}""", """{"a":3,"b":"x3y True"}""")]
    [InlineData("""{"a":"{{ m }}","b":"{{ m.a[1].b }}","c":"- {{ m.a }}"}""", """{"a":{"a":[1,{"b":"deep"}]},"b":"deep","c":"- [1, {'b': 'deep'}]"}""")]
    [InlineData("""{"a":"{{ nope }}","b":["{{ nope }}",1],"c":"x{{ nope }}"}""", """{"b":[1],"c":"x"}""")]
    [InlineData("""{"a":"{{ none }}","b":5,"c":null,"d":"{{ not a placeholder }}"}""", """{"a":null,"b":5,"c":null,"d":"{{ not a placeholder }}"}""")]
    [InlineData("""{"a":"{{ $HOME }}","b":"{{ $NOPE }}"}""", """{"a":"/home","b":""}""")]
    [InlineData("""{"a":"{{ prefect.variables.v }}","b":"{{ prefect.blocks.s.n }}"}""", """{"a":"{{ prefect.variables.v }}","b":"{{ prefect.blocks.s.n }}"}""")]
    public void Values_take_the_place_of_their_placeholders(string template, string expected) =>
        Assert.Equal(expected, Text(JobTemplates.ApplyValues(JsonTree.Parse(template), Map(Values), name => name == "HOME" ? "/home" : null)));

    [Fact]
    public void Missing_values_stay_when_asked()
    {
        var filled = JobTemplates.ApplyValues(JsonTree.Parse("""{"a":"{{ nope }}","b":"x{{ nope }}{{ n }}"}"""), Map(Values), _ => null, removeMissing: false);
        Assert.Equal("""{"a":"{{ nope }}","b":"x{{ nope }}3"}""", Text(filled));
    }

    [Fact]
    public void Variables_keep_their_type_alone_and_become_text_within_text()
    {
        var variables = new Dictionary<string, object?> { ["v"] = new List<object?> { 1L } };
        var template = JsonTree.Parse("""{"a":"{{ prefect.variables.v }}","b":"x {{ prefect.variables.v }}","c":"{{ prefect.variables.nope }}"}""");
        Assert.Equal(["v", "nope"], JobTemplates.ReferencedVariables(template));
        Assert.Equal("""{"a":[1],"b":"x [1]","c":""}""", Text(JobTemplates.ResolveVariables(template, variables)));
    }

    [Fact]
    public void Blocks_are_found_by_reference_and_by_name()
    {
        var template = JsonTree.Parse("""{"a":{"$ref":{"block_document_id":"id1"}},"b":"{{ prefect.blocks.secret.token }}","c":"t={{ prefect.blocks.secret.token }}","d":"{{ prefect.blocks.aws.prod.region.name }}"}""");
        var (ids, names) = JobTemplates.ReferencedBlocks(template);
        Assert.Equal(["id1"], ids);
        Assert.Equal([("secret", "token"), ("aws", "prod")], names);
        var resolved = JobTemplates.ResolveBlocks(template, _ => Map("""{"x":1}"""), (slug, _) => slug == "secret" ? Map("""{"value":"s3"}""") : Map("""{"region":{"name":"eu"},"k":2}"""));
        Assert.Equal("""{"a":{"x":1},"b":"s3","c":"t=s3","d":"eu"}""", Text(resolved));
    }

    [Fact]
    public void A_block_that_is_missing_or_has_no_text_is_named()
    {
        Assert.Throws<JobTemplateException>(() => JobTemplates.ResolveBlocks("{{ prefect.blocks.a.b }}", _ => null, (_, _) => null));
        Assert.Throws<JobTemplateException>(() => JobTemplates.ResolveBlocks("x{{ prefect.blocks.a.b }}", _ => null, (_, _) => Map("""{"k":1,"l":2}""")));
        Assert.Throws<JobTemplateException>(() => JobTemplates.ResolveBlocks("{{ prefect.blocks.a.b.nope }}", _ => null, (_, _) => Map("""{"k":1,"l":2}""")));
    }

    [Fact]
    public void Undeclared_names_are_told_in_order() => Assert.Equal(
        ["b", "a.b", "$ENV"],
        JobTemplates.UndeclaredVariables(Map("""{"job_configuration":{"x":"{{ a }} {{ b }}","y":["{{ a.b }}","{{ $ENV }}"]},"variables":{"properties":{"a":{}}}}""")));

    [Fact]
    public void Job_variables_are_judged_over_the_defaults_of_the_template()
    {
        var template = Map("""{"job_configuration":{},"variables":{"type":"object","properties":{"n":{"type":"integer","default":"wrong"},"env":{"type":"object","additionalProperties":{"type":"string"}}},"required":["n"]}}""");
        static JsonMap? NoBlock(string id) => null;
        Assert.Equal(
            "Validation failed for field 'n'. Failure reason: 'wrong' is not of type 'integer'",
            JobVariables.Validate(template, [], ignoreRequired: true, ignoreInvalidDefaults: false, NoBlock)!.Describe());
        Assert.Null(JobVariables.Validate(template, [], ignoreRequired: false, ignoreInvalidDefaults: true, NoBlock));
        Assert.Equal(
            "Validation failed for field 'env.A'. Failure reason: 1 is not of type 'string'",
            JobVariables.Validate(template, [null, Map("""{"env":{"A":1}}""")], ignoreRequired: false, ignoreInvalidDefaults: true, NoBlock)!.Describe());
    }
}
