using System.Text.Json;
using Reeve.Settings.Values;

namespace Reeve.Settings;

/// <summary>The settings as the nested object of <c>GET /api/admin/settings</c>.</summary>
public static class SettingsTree
{
    /// <summary>Writes the whole object: secrets masked, durations as ISO 8601. Reeve's own settings are not part of it.</summary>
    public static void Write(Utf8JsonWriter writer, ResolvedSettings settings)
    {
        var open = new List<string>();
        writer.WriteStartObject();
        foreach (var setting in settings.All)
        {
            if (!setting.Definition.IsInTree) continue;
            var parts = setting.Definition.Path!.Split('.');
            var shared = 0;
            while (shared < open.Count && shared < parts.Length - 1 && open[shared] == parts[shared]) shared++;
            for (var depth = open.Count; depth > shared; depth--) writer.WriteEndObject();
            open.RemoveRange(shared, open.Count - shared);
            for (; shared < parts.Length - 1; shared++)
            {
                writer.WriteStartObject(parts[shared]);
                open.Add(parts[shared]);
            }

            writer.WritePropertyName(parts[^1]);
            SettingJsonWriter.WriteMasked(writer, setting);
        }

        for (var depth = open.Count; depth >= 0; depth--) writer.WriteEndObject();
    }
}
