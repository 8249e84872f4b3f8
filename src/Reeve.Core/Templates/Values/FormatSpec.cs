using System.Globalization;

namespace Reeve.Core.Templates.Values;

/// <summary>What stands after the colon of a format field: fill, alignment, sign, width, grouping, precision, type.</summary>
internal record struct FormatSpec
{
    public FormatSpec()
    {
    }

    public string Fill { get; set; } = " ";

    public char Align { get; set; }

    public char Sign { get; set; }

    public bool Alternate { get; set; }

    public int Width { get; set; }

    public char? Grouping { get; set; }

    public int? Precision { get; set; }

    public char Type { get; set; }

    public static FormatSpec Parse(string text)
    {
        var spec = new FormatSpec();
        var i = 0;
        var fill = char.IsHighSurrogate(text[0]) ? 2 : 1;
        if (text.Length > fill && (text[fill] is '<' or '>' or '^' or '='))
        {
            spec.Fill = text[..fill];
            spec.Align = text[fill];
            i = fill + 1;
        }
        else if (text[0] is '<' or '>' or '^' or '=')
        {
            spec.Align = text[0];
            i = 1;
        }

        if (i < text.Length && (text[i] is '+' or '-' or ' '))
            spec.Sign = text[i++];
        if (i < text.Length && text[i] == '#')
        {
            spec.Alternate = true;
            i++;
        }

        if (i < text.Length && text[i] == '0')
        {
            i++;
            if (spec.Align == '\0')
                (spec.Fill, spec.Align) = ("0", '=');
        }

        spec.Width = Number(text, ref i) ?? 0;
        if (i < text.Length && (text[i] is ',' or '_'))
            spec.Grouping = text[i++];
        if (i < text.Length && text[i] == '.')
        {
            i++;
            spec.Precision = Number(text, ref i) ?? throw TemplateRenderException.Value("Format specifier missing precision");
        }

        if (i < text.Length)
            spec.Type = text[i++];
        return i == text.Length ? spec : throw TemplateRenderException.Value("Invalid format specifier");
    }

    private static int? Number(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        if (i == start)
            return null;
        return int.TryParse(text.AsSpan(start, i - start), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= TemplateLimits.Characters
            ? value
            : throw TemplateRenderException.Value("Too many decimal digits in format string");
    }
}
