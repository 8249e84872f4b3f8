using System.Globalization;
using System.Text.Json;

namespace Reeve.Contract.Json;

/// <summary>Numbers, read leniently (numeric text, whole numbers with a fraction of zero, booleans) and written as Python writes them.</summary>
internal static class WireNumber
{
    public static long ReadInteger(ref Utf8JsonReader reader) =>
        TryReadInteger(ref reader, out var value) ? value : throw new JsonException("Expected a whole number.");

    public static double ReadReal(ref Utf8JsonReader reader) =>
        TryReadReal(ref reader, out var value) ? value : throw new JsonException("Expected a number.");

    public static bool TryReadInteger(ref Utf8JsonReader reader, out long value)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetInt64(out value) || (reader.TryGetDouble(out var real) && TryWhole(real, out value));
            case JsonTokenType.String:
                return TryParseInteger(WireText.Read(in reader, stackalloc char[WireText.ShortLength]), out value);
            default:
                value = reader.TokenType == JsonTokenType.True ? 1 : 0;
                return reader.TokenType is JsonTokenType.True or JsonTokenType.False;
        }
    }

    public static bool TryReadReal(ref Utf8JsonReader reader, out double value)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetDouble(out value);
            case JsonTokenType.String:
                return double.TryParse(WireText.Read(in reader, stackalloc char[WireText.ShortLength]).Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
            default:
                value = reader.TokenType == JsonTokenType.True ? 1 : 0;
                return reader.TokenType is JsonTokenType.True or JsonTokenType.False;
        }
    }

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

    private static bool TryParseInteger(ReadOnlySpan<char> text, out long value)
    {
        var trimmed = text.Trim();
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
