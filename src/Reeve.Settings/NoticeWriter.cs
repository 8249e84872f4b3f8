using Reeve.Settings.Sources;

namespace Reeve.Settings;

/// <summary>Says what about the sources deserves a remark.</summary>
internal static class NoticeWriter
{
    public static void AddAboutSource(
        SettingDefinition definition, List<(SettingSource Source, RawSetting Raw)> found, List<SettingNotice> notices)
    {
        var (source, raw) = found[0];
        foreach (var (other, otherRaw) in found.Skip(1))
        {
            if (other.Name.Equals(source.Name, StringComparison.OrdinalIgnoreCase) || otherRaw.Text == raw.Text) continue;
            if (other.Name == definition.Path || source.Name == definition.Path) continue;
            notices.Add(new SettingNotice(SettingNoticeKind.Conflict, definition.Variable,
                $"{source.Name} ({source}) wins over {other.Name} ({other}), which says otherwise."));
        }

        // Nobody chose the built-in profile, so nobody needs to hear about it.
        if (source is { Kind: SettingSourceKind.Profile, File: null }) return;
        if (definition.NoEffectReason is { } reason)
        {
            notices.Add(new SettingNotice(SettingNoticeKind.NoEffect, definition.Variable,
                $"{source.Name} ({source}) has no effect: {reason}."));
        }

        if (definition.Aliases.Contains(source.Name, StringComparer.OrdinalIgnoreCase))
        {
            notices.Add(new SettingNotice(SettingNoticeKind.OldName, definition.Variable,
                $"{source.Name} ({source}) is an older name of {definition.Variable}."));
        }
    }

    public static void AddUnknown(List<SettingLayer> layers, List<SettingNotice> notices)
    {
        var catalogue = SettingsCatalogue.Current;
        foreach (var layer in layers)
        {
            foreach (var name in layer.Names)
            {
                var source = layer.SourceOf(name);
                if (layer.KeyedByPath)
                {
                    if (catalogue.FindPath(name) is null) notices.Add(Unknown(source, catalogue.SuggestPath(name)));
                    continue;
                }

                if (layer.Kind == SettingSourceKind.Argument) continue;
                if (catalogue.FindVariable(name) is { } definition)
                {
                    if (definition.Path is null && layer.Kind > SettingSourceKind.Environment && name.StartsWith("PREFECT", StringComparison.OrdinalIgnoreCase))
                    {
                        notices.Add(new SettingNotice(SettingNoticeKind.NoEffect, name,
                            $"{name} ({source}) has no effect: it is read from the environment only."));
                    }

                    continue;
                }

                AddUnknownVariable(layer, name, source, notices);
            }
        }
    }

    private static void AddUnknownVariable(SettingLayer layer, string name, SettingSource source, List<SettingNotice> notices)
    {
        var catalogue = SettingsCatalogue.Current;
        var isOurs = name.StartsWith("PREFECT_", StringComparison.OrdinalIgnoreCase) || layer.Kind == SettingSourceKind.Profile;
        if (!isOurs || IsServiceLink(name, layer.Find(name)!.Value.Text)) return;
        var suggestion = catalogue.Suggest(name);
        if (catalogue.FindFamily(name) is { } family)
        {
            // Any name may belong to a family; only one that is nearly another variable is worth a word.
            var isSlip = suggestion is not null && NearestName.Distance(name.ToUpperInvariant(), suggestion, 3) < 3;
            if (!isSlip)
            {
                notices.Add(new SettingNotice(SettingNoticeKind.NoEffect, name, $"{name} ({source}) has no effect: {family.NoEffectReason}."));
                return;
            }
        }

        notices.Add(Unknown(source, suggestion));
    }

    private static SettingNotice Unknown(SettingSource source, string? suggestion) =>
        new(SettingNoticeKind.Unknown, source.Name,
            $"{source.Name} ({source}) is not a setting." + (suggestion is null ? "" : $" Did you mean {suggestion}?"));

    /// <summary>Kubernetes describes a service named prefect-… by variables that look like settings.</summary>
    private static bool IsServiceLink(string name, string text) =>
        text.StartsWith("tcp://", StringComparison.Ordinal)
        || name.EndsWith("_SERVICE_HOST", StringComparison.Ordinal)
        || name.Contains("_SERVICE_PORT", StringComparison.Ordinal)
        || name.Contains("_TCP_", StringComparison.Ordinal);
}
