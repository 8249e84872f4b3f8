using System.Text;
using System.Text.Json;
using Reeve.Core.JsonSchema;

namespace Reeve.Core.Tests.JsonSchema;

public class SchemaValidatorGoldenTests
{
    [Fact]
    public void Every_recorded_schema_and_value_gets_the_errors_of_the_reference_in_its_order()
    {
        var cases = GoldenCases.Read("JsonSchema");
        var differences = new List<string>();
        foreach (var each in cases)
        {
            var (expected, actual) = (Expected(each), Actual(each));
            if (expected != actual)
                differences.Add($"{each.GetProperty("schema")} ON {each.GetProperty("value")}\nexpected {expected}\nactual   {actual}");
        }

        GoldenCases.AssertNone(differences, cases.Count);
    }

    private static string Expected(JsonElement each)
    {
        if (each.GetProperty("schema_problem").GetString() is { } problem)
            return "schema: " + problem;
        if (each.TryGetProperty("fault", out var fault))
            return fault.GetString() + (each.TryGetProperty("fault_message", out var message) ? ": " + message.GetString() : "");
        var text = new StringBuilder();
        foreach (var error in each.GetProperty("errors").EnumerateArray())
            text.Append($"\n  {error.GetProperty("path")} {error.GetProperty("keyword").GetString() ?? "-"} {error.GetProperty("message").GetString()}");
        if (each.TryGetProperty("first", out var first))
            text.Append($"\n  first {first.GetString()}");
        if (each.TryGetProperty("tree", out var tree))
            text.Append($"\n  tree {Compact(JsonTree.From(tree))}");
        return text.ToString();
    }

    private static string Actual(JsonElement each)
    {
        var schema = JsonTree.From(each.GetProperty("schema"));
        var value = JsonTree.From(each.GetProperty("value"));
        var options = new SchemaOptions(
            each.GetProperty("preprocess").GetBoolean(), each.GetProperty("ignore_required").GetBoolean(), each.GetProperty("allow_null_with_default").GetBoolean());
        try
        {
            SchemaValidator.CheckSchema(options.Preprocess ? SchemaPreprocessor.Preprocess(schema) : schema);
        }
        catch (SchemaException error)
        {
            return "schema: " + error.Message;
        }

        try
        {
            var errors = SchemaValidator.Validate(schema, value, options);
            var text = new StringBuilder();
            foreach (var error in errors)
                text.Append($"\n  {error.JsonPath} {error.Keyword ?? "-"} {error.Message}");
            if (each.TryGetProperty("first", out _))
                text.Append($"\n  first {SchemaValidator.FirstError(schema, value, options)?.Describe()}");
            if (each.TryGetProperty("tree", out _))
                text.Append($"\n  tree {Tree(errors)}");
            return text.ToString();
        }
        catch (SchemaException error)
        {
            return error.Fault + (error.Fault == SchemaFault.Circular ? "" : ": " + error.Message);
        }
    }

    private static string Tree(IReadOnlyList<SchemaError> errors)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            SchemaErrorTree.WriteResponse(writer, SchemaErrorTree.Build(errors));
        return Compact(JsonTree.Parse(stream.ToArray()));
    }

    private static string Compact(object? tree) => Encoding.UTF8.GetString(JsonTree.ToUtf8(tree));
}
