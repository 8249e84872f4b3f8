using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Reeve.Core.Templates;

namespace Reeve.Core.Tests.Templates;

public class TemplateGoldenTests
{
    [Fact]
    public void Every_recorded_template_prints_or_fails_as_in_the_reference()
    {
        var cases = GoldenCases.Read("Templates");
        var context = Context(cases[0].GetProperty("context"));
        var differences = new List<string>();
        foreach (var each in cases.Skip(1))
        {
            var (expected, actual) = (Expected(each), Actual(each.GetProperty("template").GetString()!, context));
            if (expected != actual)
                differences.Add($"{each.GetProperty("template").GetRawText()}\nexpected {expected}\nactual   {actual}");
        }

        GoldenCases.AssertNone(differences, cases.Count);
    }

    internal static Dictionary<string, object?> Context(JsonElement json)
    {
        var context = json.EnumerateObject().ToDictionary(property => property.Name, property => TemplateValue.FromJson(property.Value));
        context["when"] = new DateTimeOffset(2024, 2, 29, 13, 5, 7, TimeSpan.Zero).AddTicks(1_234_560);
        context["span"] = new TimeSpan(1, 2, 0, 3).Add(TimeSpan.FromMicroseconds(400));
        return context;
    }

    private static string Expected(JsonElement each)
    {
        if (each.GetProperty("problem") is { ValueKind: JsonValueKind.Object } problem)
            return $"problem in line {problem.GetProperty("line")}: {problem.GetProperty("message").GetString()}";
        return each.TryGetProperty("error", out var error) ? "error " + error.GetString() : "output " + each.GetProperty("output").GetString();
    }

    private static string Actual(string template, Dictionary<string, object?> context)
    {
        if (Template.Validate(template) is { } problem)
            return $"problem in line {problem.Line}: {problem.Message}";
        try
        {
            return "output " + Template.Render(template, context, new FakeTimeProvider());
        }
        catch (TemplateRenderException error)
        {
            return "error " + error.Repr;
        }
    }
}
