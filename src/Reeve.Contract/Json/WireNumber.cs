using System.Globalization;
using System.Text.Json;

namespace Reeve.Contract.Json;

/// <summary>Numbers, read leniently (numeric text, whole numbers with a fraction of zero, booleans) and written as Python writes them.</summary>
internal static class WireNumber
{
    public static long ReadInteger(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetInt64(out var number):
                return number;
            case JsonTokenType.Number when reader.TryGetDouble(out var real) && TryWhole(real, out var whole):
                return whole;
            case JsonTokenType.String when TryParseInteger(reader.GetString(), out var parsed):
                return parsed;
            case JsonTokenType.True:
                return 1;
            case JsonTokenType.False:
                return 0;
            default:
                throw new JsonException("Expected a whole number.");
        }
    }

    public static double ReadReal(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetDouble(out var number) => number,
        JsonTokenType.String when double.TryParse(reader.GetString().AsSpan().Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        JsonTokenType.True => 1,
        JsonTokenType.False => 0,
        _ => throw new JsonException("Expected a number."),
    };

    /// <summary>Always with a fraction or an exponent, so that a reader takes it for a float; what JSON cannot say becomes null.</summary>
    public static void WriteReal(Utf8JsonWriter writer, double value)
    {
        if (!double.IsFinite(value))
        {
            writer.WriteNullValue();
            return;
        }

        Span<byte> buffer = stackalloc byte[40];
        value.TryFormat(buffer, out var length, "R", CultureInfo.InvariantCulture);
        if (buffer[..length].IndexOfAny(".eE"u8) < 0)
        {
            buffer[length++] = (byte)'.';
            buffer[length++] = (byte)'0';
        }

        writer.WriteRawValue(buffer[..length], skipInputValidation: true);
    }

    private static bool TryParseInteger(string? text, out long value)
    {
        var trimmed = text.AsSpan().Trim();
        if (long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
            return true;
        return double.TryParse(trimmed, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var real)
            && TryWhole(real, out value);
    }

    private static bool TryWhole(double real, out long whole)
    {
        whole = 0;
        if (real != Math.Truncate(real) || Math.Abs(real) >= 9.2e18)
            return false;
        whole = (long)real;
        return true;
    }
}
