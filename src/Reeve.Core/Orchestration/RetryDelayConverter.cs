using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Core.Orchestration;

/// <summary>Reads a number or an array of numbers, also numbers given as strings, and writes the same shape.</summary>
public sealed class RetryDelayConverter : JsonConverter<RetryDelay>
{
    public override RetryDelay Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var isWhole = true;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            var only = ReadNumber(ref reader, ref isWhole);
            return new RetryDelay(only, isWhole);
        }

        var seconds = new List<double>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            seconds.Add(ReadNumber(ref reader, ref isWhole));
            if (seconds.Count > RetryDelay.MaximumCount)
            {
                throw new JsonException("Can not configure more than 50 retry delays per task.");
            }
        }

        return new RetryDelay(seconds, isWhole);
    }

    public override void Write(Utf8JsonWriter writer, RetryDelay value, JsonSerializerOptions options)
    {
        if (!value.IsList)
        {
            WriteNumber(writer, value.Seconds[0], value.IsWhole);
            return;
        }

        writer.WriteStartArray();
        foreach (var seconds in value.Seconds)
        {
            WriteNumber(writer, seconds, value.IsWhole);
        }

        writer.WriteEndArray();
    }

    private static double ReadNumber(ref Utf8JsonReader reader, ref bool isWhole)
    {
        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String))
        {
            throw new JsonException("A retry delay is a number of seconds or an array of them.");
        }

        if (reader.ValueSpan.IndexOfAny("."u8[0], "e"u8[0], "E"u8[0]) >= 0)
        {
            isWhole = false;
        }

        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.GetDouble();
        }

        return double.TryParse(reader.GetString(), System.Globalization.CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds)
            ? seconds
            : throw new JsonException("A retry delay is a number of seconds or an array of them.");
    }

    private static void WriteNumber(Utf8JsonWriter writer, double value, bool isWhole)
    {
        // A delay given as 1.0 stays a fraction: readers tell integers from floats.
        if (!isWhole && value == Math.Floor(value) && Math.Abs(value) < 1e15)
        {
            writer.WriteRawValue(value.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture), skipInputValidation: true);
            return;
        }

        writer.WriteNumberValue(value);
    }
}
