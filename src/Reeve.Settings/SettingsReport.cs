using System.Text.Json;
using Reeve.Settings.Values;

namespace Reeve.Settings;

/// <summary>The settings one by one, with where each came from and whether it does anything.</summary>
public static class SettingsReport
{
    /// <summary>
    /// Writes an object: <c>profile</c>, <c>settings</c> (list of name, path, value, source, found_in, effect, reason, description) and <c>notices</c>
    /// (list of kind, name, message). Secrets are masked.
    /// </summary>
    public static void Write(Utf8JsonWriter writer, ResolvedSettings settings, bool onlySet = false)
    {
        writer.WriteStartObject();
        writer.WriteString("profile", settings.Profile.Name);
        writer.WriteStartArray("settings");
        foreach (var setting in settings.All)
        {
            if (setting.IsSet || !onlySet) Write(writer, setting);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("notices");
        foreach (var notice in settings.Notices)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", NameOf(notice.Kind));
            writer.WriteString("name", notice.Name);
            writer.WriteString("message", notice.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ResolvedSetting setting)
    {
        var definition = setting.Definition;
        writer.WriteStartObject();
        writer.WriteString("name", definition.Variable);
        writer.WriteString("path", definition.Path);
        writer.WritePropertyName("value");
        SettingJsonWriter.WriteMasked(writer, setting);
        writer.WriteString("source", setting.Source.Label);
        writer.WriteString("found_in", setting.Source.ToString());
        writer.WriteString("effect", definition.Effect == SettingEffect.Used ? "used" : "none");
        writer.WriteString("reason", definition.NoEffectReason);
        writer.WriteString("description", definition.Description);
        writer.WriteEndObject();
    }

    private static string NameOf(SettingNoticeKind kind) => kind switch
    {
        SettingNoticeKind.Conflict => "conflict",
        SettingNoticeKind.Unknown => "unknown",
        SettingNoticeKind.NoEffect => "no-effect",
        SettingNoticeKind.OldName => "old-name",
        _ => "warning",
    };
}
