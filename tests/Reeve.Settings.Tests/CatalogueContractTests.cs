namespace Reeve.Settings.Tests;

public sealed class CatalogueContractTests
{
    [Fact]
    public void Every_setting_of_the_contract_is_known_with_its_names_type_and_default()
    {
        if (ContractFolder.Find("settings.tsv") is not { } file) return;
        var differences = new List<string>();
        foreach (var line in File.ReadLines(file).Skip(1))
        {
            var cells = line.Split('\t');
            var variable = cells[1].Contains('<') ? cells[1][..cells[1].IndexOf('<')] + "*" : cells[1];
            var known = SettingsCatalogue.Current.All.FirstOrDefault(definition => definition.Variable == variable);
            if (known is null)
            {
                differences.Add($"{variable} is missing");
                continue;
            }

            Compare("path", cells[0], known.Path ?? "-");
            Compare("aliases", cells[2].Replace(",", " ").Replace("  ", " "), string.Join(' ', known.Aliases));
            Compare("type", ContractType(cells[3], known), known.TypeText);
            Compare("default", ContractDefault(cells[4]), ShownDefault(known));
            // Where the contract sets no limit, a port still has one here.
            if (cells[5].Length > 0) Compare("limits", cells[5].Replace(">3600s", ">PT1H"), known.Limits);
            void Compare(string what, string expected, string actual)
            {
                if (expected != actual) differences.Add($"{variable}: {what} is '{actual}', the contract says '{expected}'");
            }
        }

        Assert.Empty(differences);
    }

    [Fact]
    public void Nothing_in_the_catalogue_is_unknown_to_the_contract_but_our_own_settings()
    {
        if (ContractFolder.Find("settings.tsv") is not { } file) return;
        var contract = File.ReadLines(file).Skip(1).Select(line => line.Split('\t')[1]).ToHashSet();
        var extra = SettingsCatalogue.Current.All.Where(definition => !contract.Contains(definition.Variable) && !definition.IsFamily);
        Assert.All(extra, definition => Assert.StartsWith("PREFECT_REEVE_", definition.Variable));
    }

    // What the contract calls text and is a password is kept secret all the same.
    private static string ContractType(string type, SettingDefinition known)
    {
        var optional = type.Contains('?') || type is "any" or "flag" || (known.DefaultText is null && type == "string");
        var name = type.Replace("?", "") switch
        {
            "string" when known.IsSecret => "secret",
            "secret string" => "secret",
            "timespan(iso8601|hms)" => "duration",
            "timespan(seconds|iso8601)" => "seconds-or-duration",
            "timespan(whole seconds)" => "whole-seconds",
            "list<string> (comma separated)" => "list",
            "set<string> (comma separated)" => "set",
            "set<int 100..599> (comma separated)" => "int-set",
            "set<events|flow_runs>|bool (comma separated)" => "set-or-bool(events|flow_runs)",
            "int|float|list<float>" or "number|list<number> (comma separated)" => "numbers",
            "map<string,string> (JSON object)" => "map",
            "map<string,seconds> (JSON object)" => "duration-map",
            var other => other,
        };
        if (known is { Kind: SettingKind.Bool, Path: null }) optional = true;
        return optional ? name + "?" : name;
    }

    private static string ContractDefault(string text) =>
        text.StartsWith('(') && text != "(empty)" ? "(derived)" : text switch { "(empty)" => "", "null" => "null", _ => text };

    private static string ShownDefault(SettingDefinition definition) => definition.DerivedDefault switch
    {
        null => definition.DefaultText ?? "null",
        var text when text.StartsWith("sqlite", StringComparison.Ordinal) => text,
        _ => "(derived)",
    };
}
