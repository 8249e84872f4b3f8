using Reeve.Settings.Sources;
using Tomlyn.Syntax;

namespace Reeve.Settings.Profiles;

/// <summary>
/// Changes profiles.toml as text, so that comments, order and everything else in it stay. Each method returns the changed file, not yet saved,
/// and throws <see cref="SettingsException"/> when the change cannot be made.
/// </summary>
public static class ProfilesEditor
{
    /// <summary>Makes a profile the active one; a built-in one is written to the file first.</summary>
    public static ProfilesFile Use(ProfilesFile file, string name)
    {
        if (!file.Contains(name)) file = Create(file, name, Require(file, name).Values);
        var document = TomlFile.Parse(file.Text, file.Path);
        var edits = new TextEdits(file.Text);
        var active = document.KeyValues.FirstOrDefault(item => TomlFile.KeyParts(item.Key!) is ["active"]);
        if (active is null) edits.Insert(0, $"active = {TomlText.Quote(name)}\n");
        else edits.Replace(active.Value!.Span.Offset, active.Value.Span.Length, TomlText.Quote(name));
        return ProfilesFile.Parse(file.Path, edits.Apply());
    }

    /// <summary>Adds an empty profile, or one with the values of <paramref name="from"/>.</summary>
    public static ProfilesFile Create(ProfilesFile file, string name, string? from = null)
    {
        if (name.Length == 0) throw new SettingsException("A profile needs a name.");
        if (file.Contains(name)) throw new SettingsException($"Profile '{name}' already exists.");
        return Create(file, name, from is null ? new Dictionary<string, string>() : Require(file, from).Values);
    }

    /// <summary>Removes a profile that is not <paramref name="current"/>.</summary>
    public static ProfilesFile Delete(ProfilesFile file, string name, string current)
    {
        if (Require(file, name).IsBuiltIn) throw new SettingsException($"Profile '{name}' is built in; it cannot be deleted.");
        if (name == current || name == file.Active)
            throw new SettingsException($"Profile '{name}' is active; use another profile before it is deleted.");
        var edits = new TextEdits(file.Text);
        foreach (var table in Tables(file, name)) Remove(edits, table);
        return ProfilesFile.Parse(file.Path, edits.Apply());
    }

    /// <summary>Gives a profile another name; it stays active if it was.</summary>
    public static ProfilesFile Rename(ProfilesFile file, string name, string newName)
    {
        if (newName.Length == 0) throw new SettingsException("A profile needs a name.");
        if (Require(file, name).IsBuiltIn) throw new SettingsException($"Profile '{name}' is built in; it cannot be renamed.");
        if (file.Contains(newName)) throw new SettingsException($"Profile '{newName}' already exists.");
        var edits = new TextEdits(file.Text);
        foreach (var table in Tables(file, name))
        {
            var parts = TomlFile.KeyParts(table.Name!);
            parts[1] = newName;
            edits.Replace(table.Name!.Span.Offset, table.Name.Span.Length, string.Join('.', parts.Select(TomlText.Key)));
        }

        var renamed = ProfilesFile.Parse(file.Path, edits.Apply());
        return file.Active == name ? Use(renamed, newName) : renamed;
    }

    /// <summary>Sets values in a profile, which is created when it does not exist. Keys are written as given.</summary>
    public static ProfilesFile Set(ProfilesFile file, string profile, IEnumerable<KeyValuePair<string, string>> values)
    {
        if (!file.Contains(profile)) file = Create(file, profile, file.Find(profile)?.Values ?? new Dictionary<string, string>());
        foreach (var (name, value) in values) file = Set(file, profile, name, value);
        return file;
    }

    /// <summary>Removes values from a profile; those it does not have are passed over.</summary>
    public static ProfilesFile Unset(ProfilesFile file, string profile, IEnumerable<string> names)
    {
        var unwanted = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var edits = new TextEdits(file.Text);
        foreach (var table in Tables(file, profile))
        {
            var parts = TomlFile.KeyParts(table.Name!);
            if (parts.Count > 2)
            {
                if (unwanted.Contains(parts[2])) Remove(edits, table);
                continue;
            }

            foreach (var item in table.Items.Where(item => unwanted.Contains(TomlFile.KeyParts(item.Key!)[0])))
                edits.RemoveLines(item.Span.Offset, item.Span.Offset + item.Span.Length);
        }

        return ProfilesFile.Parse(file.Path, edits.Apply());
    }

    private static ProfilesFile Set(ProfilesFile file, string profile, string name, string value)
    {
        var tables = Tables(file, profile);
        var table = tables.FirstOrDefault(candidate => TomlFile.KeyParts(candidate.Name!).Count == 2);
        var edits = new TextEdits(file.Text);
        var existing = table?.Items.FirstOrDefault(item => TomlFile.KeyParts(item.Key!) is [var key] && key.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (existing is not null)
        {
            edits.Replace(existing.Key!.Span.Offset, existing.Key.Span.Length, TomlText.Key(name));
            edits.Replace(existing.Value!.Span.Offset, existing.Value.Span.Length, TomlText.Quote(value));
            return ProfilesFile.Parse(file.Path, edits.Apply());
        }

        // A map that was written as a table of its own gives way to the new text.
        if (file.Values(profile).Keys.Any(key => key.Equals(name, StringComparison.OrdinalIgnoreCase)))
            return Set(Unset(file, profile, [name]), profile, name, value);
        var line = $"{TomlText.Key(name)} = {TomlText.Quote(value)}\n";
        if (table is null)
        {
            edits.Insert(tables[0].Span.Offset, $"[profiles.{TomlText.Key(profile)}]\n{line}\n");
            return ProfilesFile.Parse(file.Path, edits.Apply());
        }

        var last = table.Items.LastOrDefault()?.Span ?? table.CloseBracket!.Span;
        edits.Insert(edits.EndOfLine(last.Offset + last.Length), line);
        return ProfilesFile.Parse(file.Path, edits.Apply());
    }

    private static ProfilesFile Create(ProfilesFile file, string name, IReadOnlyDictionary<string, string> values)
    {
        var lines = values.Select(value => $"{TomlText.Key(value.Key)} = {TomlText.Quote(value.Value)}\n");
        var separator = file.Text.Length == 0 ? "" : "\n";
        var edits = new TextEdits(file.Text);
        edits.Insert(file.Text.Length, $"{separator}[profiles.{TomlText.Key(name)}]\n{string.Concat(lines)}");
        return ProfilesFile.Parse(file.Path, edits.Apply());
    }

    private static Profile Require(ProfilesFile file, string name) =>
        file.Find(name) ?? throw new SettingsException($"Profile '{name}' not found in {file.Path}.");

    private static List<TableSyntaxBase> Tables(ProfilesFile file, string profile)
    {
        var tables = TomlFile.Parse(file.Text, file.Path).Tables
            .Where(table => TomlFile.KeyParts(table.Name!) is ["profiles", var name, ..] && name == profile).ToList();
        if (tables.Count > 0 || !file.Contains(profile)) return tables;
        throw new SettingsException($"Profile '{profile}' is written inside another line of {file.Path}; write it as [profiles.{TomlText.Key(profile)}] first.");
    }

    private static void Remove(TextEdits edits, TableSyntaxBase table)
    {
        var last = table.Items.LastOrDefault()?.Span ?? table.CloseBracket!.Span;
        edits.RemoveLines(table.Span.Offset, last.Offset + last.Length);
    }
}
