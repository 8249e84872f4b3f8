using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Reeve.Core.Templates;

namespace Reeve.Core.Tests.Templates;

public class TemplateFuzzTests
{
    private static readonly string[] Pieces =
    [
        "{{ ", " }}", "{% ", " %}", "{%- ", " -%}", "{#", "#}", "if ", "elif ", "else", "endif", "for ", "x ", "in ", "endfor", "set ", "= ", "n", "name", "list", "nested", "rows",
        "when", "span", "missing", ".", "a", "|", "upper", "join", "map", "sort", "tojson", "round", "int", "format", "batch", "slice", "indent", "truncate", "wordwrap", "humanize_naturaltime",
        "humanize_naturalsize", "humanize_precisedelta", "humanize_intword", "(", ")", "[", "]", "{", "}", ",", ":", "'q'", "\"", "'%s'", "0", "1", "-1", "2.5", "99999999999", "1e308", "+", "-", "*", "/",
        "//", "%", "**", "~", "==", "<", "not ", "and ", "or ", "is ", "odd", "defined", "none", "true", "macro m()", "endmacro", "m()", "call ", "endcall", "range", "namespace", "loop", "raw", "endraw",
        "with ", "endwith", "block b", "endblock", "filter ", "endfilter", " recursive", "\n", " ", "é😀", "\\",
    ];

    [Fact]
    public void Any_text_renders_or_gives_a_template_error_and_nothing_else()
    {
        var context = TemplateGoldenTests.Context(GoldenCases.Read("Templates")[0].GetProperty("context"));
        var soup = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 25].Select(string.Concat);
        var expression = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 8].Select(parts => "{{ " + string.Concat(parts) + " }}");
        Gen.OneOf(soup, expression, Gen.String).Sample(text => Try(text, context), iter: 20_000);
    }

    [Fact]
    public void Recorded_templates_with_a_piece_cut_out_render_or_give_a_template_error()
    {
        var cases = GoldenCases.Read("Templates");
        var context = TemplateGoldenTests.Context(cases[0].GetProperty("context"));
        var templates = cases.Skip(1).Select(each => each.GetProperty("template").GetString()!).ToArray();
        Gen.Select(Gen.Int[0, templates.Length - 1], Gen.Int[0, 60], Gen.Int[1, 4], Gen.Int[0, Pieces.Length - 1]).Sample((index, start, length, piece) =>
        {
            var text = templates[index];
            start = Math.Min(start, text.Length);
            Try(text.Remove(start, Math.Min(length, text.Length - start)).Insert(start, Pieces[piece]), context);
        }, iter: 10_000);
    }

    [Theory]
    [InlineData("{{ 'x' * 1000000000000 }}")]
    [InlineData("{{ 9 ** (9 ** 9) }}")]
    [InlineData("{% set x = 'x' * 1000000 %}{% for i in range(100) %}{{ x }}{% endfor %}")]
    [InlineData("{% for i in range(100) %}{% for j in range(100) %}{{ range(100) | map('string') | map('upper') | join }}{% endfor %}{% endfor %}")]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")]
    [InlineData("{{ '%1000000000d' % 1 }}")]
    [InlineData("{{ '{:1000000000}'.format(1) }}")]
    public void Greedy_templates_run_into_a_limit(string text) =>
        Assert.Throws<TemplateRenderException>(() => Template.Render(text, new Dictionary<string, object?>(), new FakeTimeProvider()));

    [Fact]
    public void Deep_nesting_is_refused_when_parsing()
    {
        Assert.NotNull(Template.Validate("{{ " + new string('(', 5000) + "1" + new string(')', 5000) + " }}"));
        Assert.NotNull(Template.Validate("{{ " + new string('-', 5000) + "1 }}"));
        Assert.NotNull(Template.Validate("{{ " + new string('[', 5000)));
        Assert.NotNull(Template.Validate(string.Concat(Enumerable.Repeat("{% if x %}", 5000))));
    }

    private static void Try(string text, Dictionary<string, object?> context)
    {
        try
        {
            _ = Template.Render(text, context, new FakeTimeProvider());
        }
        catch (TemplateSyntaxException)
        {
        }
        catch (TemplateRenderException)
        {
        }
    }
}
