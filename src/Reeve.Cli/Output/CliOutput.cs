using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Reeve.Settings;
using Reeve.Settings.Views;
using Spectre.Console;

namespace Reeve.Cli.Output;

/// <summary>Prints for people, or JSON for machines; never both on the standard output.</summary>
internal sealed class CliOutput(CliHost host, bool isJson, Func<ResolvedSettings> settings)
{
    /// <summary>Wide enough that a table in a file or a pipe is not broken.</summary>
    private const int WidthOfFiles = 400;

    public bool IsJson => isJson;

    /// <summary>A line of the answer; a remark when the answer is JSON.</summary>
    public void Line(string text = "") => (isJson ? host.Error : host.Out).WriteLine(text);

    /// <summary>A line that is not part of the answer.</summary>
    public void Remark(string text) => host.Error.WriteLine(text);

    /// <summary>Text without any addition, such as JSON that comes from elsewhere.</summary>
    public void Raw(string text) => host.Out.WriteLine(text);

    public void Json<T>(T value, JsonTypeInfo<T> type) => Json(writer => JsonSerializer.Serialize(writer, value, type));

    public void Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(writer);
        host.Out.WriteLine(System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    /// <summary>A table; with no rows the sentence instead.</summary>
    public void Table(IReadOnlyList<string> columns, IReadOnlyList<string?[]> rows, string whenEmpty)
    {
        if (rows.Count == 0)
        {
            Line(whenEmpty);
            return;
        }

        var table = new Table { Border = host.IsTerminal ? TableBorder.Rounded : TableBorder.Minimal };
        foreach (var column in columns) table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))) { NoWrap = !host.IsTerminal });
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(cell ?? "")));
        CreateConsole().Write(table);
    }

    /// <summary>One thing as pairs of name and value.</summary>
    public void Details(IReadOnlyList<(string Name, string? Value)> pairs)
    {
        var width = pairs.Max(pair => pair.Name.Length);
        foreach (var (name, value) in pairs) Line($"{name.PadRight(width)}  {value ?? "-"}");
    }

    /// <summary>Asks before something that cannot be undone. Without a terminal the answer must be given by <c>--yes</c>.</summary>
    public void Confirm(string question, bool yes)
    {
        if (yes) return;
        if (!host.IsTerminal && new CliSettings(settings()).Prompt != true) throw new CliException($"{question} Repeat the command with --yes to go on.", ExitCode.Usage);
        host.Error.Write($"{question} [y/N]: ");
        if (host.In.ReadLine()?.Trim() is not ("y" or "Y" or "yes")) throw new CliException("Nothing was done.");
    }

    private IAnsiConsole CreateConsole()
    {
        var colors = host.IsTerminal && new CliSettings(settings()).Colors;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(host.Out),
            Ansi = colors ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colors ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!host.IsTerminal) console.Profile.Width = WidthOfFiles;
        return console;
    }
}
