using System.Text;

namespace Reeve.Settings.Tests;

/// <summary>Writes docs/settings.md from the catalogue.</summary>
internal static class SettingsPage
{
    public static string Write()
    {
        var page = new StringBuilder();
        page.Append("""
            # Settings

            This page is written from `src/Reeve.Settings/Catalogue.tsv`. After a change there, run the tests of `Reeve.Settings`
            with `REEVE_WRITE_DOCS=1` and commit the result.

            Values come from, strongest first: the command line, the environment, `.env` in the working directory, `prefect.toml`
            (by dotted key), table `tool.prefect` of `pyproject.toml` (by dotted key), the active profile in `profiles.toml`, the default.
            Names of variables may be written in any case. Older names are tried after the first one, within each source.

            A value that cannot be read stops the start; all of them are reported at once, one line each. `reeve config validate` also
            names variables that are no settings, settings without effect, and older names.

            | type | accepts |
            | --- | --- |
            | bool | 1/0, true/false, t/f, yes/no, y/n, on/off in any case |
            | duration | ISO 8601 (`PT1H`) or clock text (`01:00:00`, `1 day 02:00:00`); a bare number only in TOML, where it counts seconds |
            | seconds-or-duration, whole-seconds | the same, or a number of seconds |
            | list, set, int-set, numbers | separated by commas, or a JSON array |
            | map, duration-map | a JSON object |
            | path | `~` at the start and `$PREFECT_HOME` are replaced |
            | secret | text that is never shown |

            A `?` after the type means that there may be no value.

            """);
        foreach (var group in SettingsCatalogue.Current.All.GroupBy(GroupOf))
        {
            page.Append("\n## ").Append(group.Key).Append("\n\n");
            page.Append("| variable | key | type | default | what it does |\n| --- | --- | --- | --- | --- |\n");
            foreach (var definition in group) Append(page, definition);
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, SettingDefinition definition)
    {
        page.Append("| `").Append(definition.Variable).Append('`');
        foreach (var alias in definition.Aliases) page.Append("<br>`").Append(alias).Append('`');
        page.Append(" | ").Append(definition.Path is { } path ? $"`{path}`" : "");
        page.Append(" | ").Append(Escape(definition.TypeText));
        if (definition.Limits.Length > 0) page.Append(' ').Append(Escape(definition.Limits));
        var shown = definition.DerivedDefault ?? (definition.DefaultText is { Length: > 0 } text ? $"`{text}`" : "");
        page.Append(" | ").Append(Escape(shown));
        page.Append(" | ").Append(Escape(definition.Description));
        if (definition.NoEffectReason is { } reason) page.Append(" **No effect:** ").Append(Escape(reason)).Append('.');
        page.Append(" |\n");
    }

    private static string GroupOf(SettingDefinition definition)
    {
        if (definition.Path is null) return "Read from the environment only";
        var parts = definition.Path.Split('.');
        return parts[0] switch
        {
            "server" when parts.Length > 2 => $"server.{parts[1]}",
            _ when parts.Length == 1 => "General",
            var group => group,
        };
    }

    private static string Escape(string text) => text.Replace("|", "\\|");
}
