using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Reeve.Settings.Sources;

/// <summary>Reads TOML into a tree of plain values, without reflection.</summary>
internal static class TomlFile
{
    /// <summary>Parses <paramref name="text"/>.</summary>
    /// <exception cref="SettingsException">The text is not TOML; the message names file, line and fault.</exception>
    public static DocumentSyntax Parse(string text, string file)
    {
        var document = SyntaxParser.Parse(text, file, validate: true);
        if (!document.HasErrors) return document;
        var first = document.Diagnostics.First(diagnostic => diagnostic.Kind == DiagnosticMessageKind.Error);
        throw new SettingsException([new SettingError(file,
            $"{file}, line {first.Span.Start.Line + 1}: {first.Message.TrimEnd('.')}; valid TOML is expected.")]);
    }

    /// <summary>The document as nested tables. Values are string, bool, long, double, list or table.</summary>
    public static Dictionary<string, object> ToTable(DocumentSyntax document)
    {
        var root = new Dictionary<string, object>();
        foreach (var item in document.KeyValues) Put(root, item);
        foreach (var table in document.Tables)
        {
            var target = Descend(root, KeyParts(table.Name!), table is TableArraySyntax);
            foreach (var item in table.Items) Put(target, item);
        }

        return root;
    }

    /// <summary>The parts of a dotted key.</summary>
    public static List<string> KeyParts(KeySyntax key)
    {
        var parts = new List<string> { PartText(key.Key!) };
        foreach (var part in key.DotKeys) parts.Add(PartText(part.Key!));
        return parts;
    }

    /// <summary>A leaf as text: scalars as they are, arrays and tables as JSON.</summary>
    public static RawSetting ToRaw(object value) => value switch
    {
        string text => new RawSetting(text),
        long or double => new RawSetting(Values.SettingText.Of(value)!, IsNumber: true),
        bool => new RawSetting(Values.SettingText.Of(value)!),
        _ => new RawSetting(TomlJson.Write(value)),
    };

    private static string PartText(BareKeyOrStringValueSyntax part) => part switch
    {
        BareKeySyntax bare => bare.Key!.Text!,
        StringValueSyntax quoted => quoted.Value!,
        _ => part.ToString(),
    };

    private static void Put(Dictionary<string, object> table, KeyValueSyntax item)
    {
        var parts = KeyParts(item.Key!);
        var last = parts[^1];
        parts.RemoveAt(parts.Count - 1);
        Descend(table, parts, isArray: false)[last] = ToValue(item.Value!);
    }

    private static Dictionary<string, object> Descend(Dictionary<string, object> table, List<string> parts, bool isArray)
    {
        for (var index = 0; index < parts.Count; index++)
        {
            var appends = isArray && index == parts.Count - 1;
            if (!table.TryGetValue(parts[index], out var next))
                table[parts[index]] = next = appends ? new List<object>() : new Dictionary<string, object>();
            if (appends && next is List<object> rows) rows.Add(new Dictionary<string, object>());
            table = next switch
            {
                Dictionary<string, object> inner => inner,
                List<object> { Count: > 0 } list when list[^1] is Dictionary<string, object> inner => inner,
                // A duplicate the validation has already reported; keep the rest readable.
                _ => [],
            };
        }

        return table;
    }

    private static object ToValue(ValueSyntax value)
    {
        switch (value)
        {
            case StringValueSyntax text:
                return text.Value ?? "";
            case BooleanValueSyntax boolean:
                return boolean.Value;
            case IntegerValueSyntax integer:
                return integer.Value;
            case FloatValueSyntax real:
                return real.Value;
            case ArraySyntax array:
                return array.Items.Select(item => ToValue(item.Value!)).ToList();
            case InlineTableSyntax inline:
                var table = new Dictionary<string, object>();
                foreach (var item in inline.Items) Put(table, item.KeyValue!);
                return table;
            default:
                return value.ToString().Trim();
        }
    }
}
