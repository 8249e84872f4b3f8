using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Reeve.Core.JsonSchema;

/// <summary>The values of <c>format</c> that the reference's installation checks; all others accept anything.</summary>
internal static partial class SchemaFormats
{
    public static bool Conforms(string format, string text) => format switch
    {
        "email" or "idn-email" => text.Contains('@', StringComparison.Ordinal),
        "ipv4" => IsIPv4(text),
        "ipv6" => text.AsSpan().IndexOfAny("%[]/") < 0 && text.Contains(':', StringComparison.Ordinal)
            && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6,
        "date-time" => IsDateTime(text.ToUpperInvariant()),
        "time" => IsDateTime(("1970-01-01T" + text).ToUpperInvariant()),
        "date" => IsDate(text),
        "regex" => SchemaPattern.IsValid(text),
        "uuid" => IsUuid(text),
        _ => true,
    };

    private static bool IsIPv4(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 4 && Array.TrueForAll(parts, part =>
            part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0')
            && int.Parse(part, CultureInfo.InvariantCulture) <= 255);
    }

    private static bool IsDate(string text) =>
        DateShape().IsMatch(text) && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsDateTime(string text) => DateTimeShape().IsMatch(text) && IsDay(text);

    private static bool IsDay(string text)
    {
        var year = int.Parse(text.AsSpan(0, 4), CultureInfo.InvariantCulture);
        var month = int.Parse(text.AsSpan(5, 2), CultureInfo.InvariantCulture);
        var day = int.Parse(text.AsSpan(8, 2), CultureInfo.InvariantCulture);
        // Year 0 has the calendar of any leap year.
        return day >= 1 && day <= DateTime.DaysInMonth(year == 0 ? 2000 : year, month);
    }

    private static bool IsUuid(string text)
    {
        if (text.Length < 24 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
            return false;
        var digits = text.Replace("urn:", "", StringComparison.Ordinal).Replace("uuid:", "", StringComparison.Ordinal)
            .Trim('{', '}').Replace("-", "", StringComparison.Ordinal);
        return digits.Length == 32 && digits.All(char.IsAsciiHexDigit);
    }

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DateShape();

    [GeneratedRegex(@"^[0-9]{4}-(0[1-9]|1[0-2])-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DateTimeShape();
}
