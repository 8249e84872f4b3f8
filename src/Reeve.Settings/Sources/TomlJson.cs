using System.Text;
using System.Text.Json;

namespace Reeve.Settings.Sources;

/// <summary>Arrays and tables of TOML as JSON text, so that lists and maps are read in one way only.</summary>
internal static class TomlJson
{
    public static string Write(object value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) Write(writer, value);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case List<object> items:
                writer.WriteStartArray();
                foreach (var item in items) Write(writer, item);
                writer.WriteEndArray();
                break;
            case Dictionary<string, object> table:
                writer.WriteStartObject();
                foreach (var (name, member) in table)
                {
                    writer.WritePropertyName(name);
                    Write(writer, member);
                }

                writer.WriteEndObject();
                break;
            case bool yes:
                writer.WriteBooleanValue(yes);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(value.ToString());
                break;
        }
    }
}
