using System.Text.Json;

namespace Reeve.Settings.Values;

/// <summary>Values as the API shows them.</summary>
internal static class SettingJsonWriter
{
    public static void WriteMasked(Utf8JsonWriter writer, ResolvedSetting setting)
    {
        if (setting.Value is string text) writer.WriteStringValue(SecretMask.For(setting.Definition, text));
        else WriteValue(writer, setting.Value);
    }

    public static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool yes:
                writer.WriteBooleanValue(yes);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteRawValue(SettingText.Number(number));
                break;
            case IReadOnlyList<double> numbers:
                WriteNumbers(writer, numbers);
                break;
            case IReadOnlyList<long> numbers:
                writer.WriteStartArray();
                foreach (var number in numbers) writer.WriteNumberValue(number);
                writer.WriteEndArray();
                break;
            case IReadOnlyList<string> words:
                writer.WriteStartArray();
                foreach (var word in words) writer.WriteStringValue(word);
                writer.WriteEndArray();
                break;
            case IReadOnlyDictionary<string, string> map:
                writer.WriteStartObject();
                foreach (var (name, member) in map) writer.WriteString(name, member);
                writer.WriteEndObject();
                break;
            case IReadOnlyDictionary<string, TimeSpan> map:
                writer.WriteStartObject();
                foreach (var (name, member) in map) writer.WriteString(name, DurationText.ToIso(member));
                writer.WriteEndObject();
                break;
            default:
                writer.WriteStringValue(SettingText.Of(value));
                break;
        }
    }

    // One number stays a number: that is how it was given, and how readers of the tree know it.
    private static void WriteNumbers(Utf8JsonWriter writer, IReadOnlyList<double> numbers)
    {
        if (numbers.Count == 1)
        {
            writer.WriteRawValue(SettingText.WholeOrNumber(numbers[0]));
            return;
        }

        writer.WriteStartArray();
        foreach (var number in numbers) writer.WriteRawValue(SettingText.WholeOrNumber(number));
        writer.WriteEndArray();
    }
}
