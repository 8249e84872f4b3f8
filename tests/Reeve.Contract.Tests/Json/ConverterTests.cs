using System.Text.Json;
using CsCheck;
using Reeve.Contract.Json;

namespace Reeve.Contract.Tests.Json;

public sealed class ConverterTests
{
    private static T Read<T>(string json) => JsonSerializer.Deserialize(json, ReeveJson.TypeInfo<T>())!;

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, ReeveJson.TypeInfo<T>());

    [Theory]
    [InlineData("\"2026-11-23T10:00:00Z\"", "\"2026-11-23T10:00:00Z\"")]
    [InlineData("\"2026-11-23T10:00:00\"", "\"2026-11-23T10:00:00Z\"")]
    [InlineData("\"2026-11-23 10:00\"", "\"2026-11-23T10:00:00Z\"")]
    [InlineData("\"2026-11-23T10:00:00+02:00\"", "\"2026-11-23T08:00:00Z\"")]
    [InlineData("\"2026-11-23T10:00:00.5-0330\"", "\"2026-11-23T13:30:00.500000Z\"")]
    [InlineData("\"2026-11-23T10:00:00.123456789Z\"", "\"2026-11-23T10:00:00.123456Z\"")]
    [InlineData("\"2026-11-23T10:00:00.0000009Z\"", "\"2026-11-23T10:00:00Z\"")]
    [InlineData("\"2026-11-23\"", "\"2026-11-23T00:00:00Z\"")]
    [InlineData("1763892000", "\"2025-11-23T10:00:00Z\"")]
    [InlineData("1763892000.25", "\"2025-11-23T10:00:00.250000Z\"")]
    [InlineData("1763892000500", "\"2025-11-23T10:00:00.500000Z\"")]
    [InlineData("\"1763892000\"", "\"2025-11-23T10:00:00Z\"")]
    [InlineData("0", "\"1970-01-01T00:00:00Z\"")]
    public void Instants_are_read_in_every_form_and_written_in_UTC(string json, string expected)
        => Assert.Equal(expected, Write(Read<DateTimeOffset>(json)));

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"yesterday\"")]
    [InlineData("\"2026-02-30\"")]
    [InlineData("\"2026-11-23T25:00:00Z\"")]
    [InlineData("\"2026-11-23T10:00:00X\"")]
    [InlineData("\"2026-11-23T10:00:00+25:00\"")]
    [InlineData("\"0001-01-01T00:00:00+10:00\"")]
    [InlineData("1e300")]
    [InlineData("true")]
    [InlineData("null")]
    public void What_is_no_instant_is_refused(string json) => Assert.Throws<JsonException>(() => Read<DateTimeOffset>(json));

    [Fact]
    public void Every_instant_of_whole_microseconds_survives_a_round_trip()
        => Gen.Long[0, DateTimeOffset.MaxValue.UtcTicks / 10].Sample(microseconds =>
        {
            var value = new DateTimeOffset(microseconds * 10, TimeSpan.Zero);
            return Read<DateTimeOffset>(Write(value)) == value;
        });

    [Theory]
    [InlineData("0", "0.0")]
    [InlineData("60", "60.0")]
    [InlineData("0.1", "0.1")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("\"PT1H\"", "3600.0")]
    [InlineData("\"P1DT2H3M4.5S\"", "93784.5")]
    [InlineData("\"P2W\"", "1209600.0")]
    [InlineData("\"-PT1S\"", "-1.0")]
    [InlineData("\"01:02\"", "3720.0")]
    [InlineData("\"01:02:03.25\"", "3723.25")]
    [InlineData("\"1 day 02:00:00\"", "93600.0")]
    [InlineData("\"2 days, 00:00:01\"", "172801.0")]
    [InlineData("\"3d\"", "259200.0")]
    public void Durations_are_read_in_every_form_and_written_as_seconds(string json, string expected)
        => Assert.Equal(expected, Write(Read<TimeSpan>(json)));

    [Theory]
    [InlineData("\"60\"")]
    [InlineData("\"60.5\"")]
    [InlineData("\"\"")]
    [InlineData("\"P\"")]
    [InlineData("\"PT\"")]
    [InlineData("\"PT1D\"")]
    [InlineData("\"1:00\"")]
    [InlineData("\"an hour\"")]
    [InlineData("1e20")]
    [InlineData("\"P99999999999D\"")]
    [InlineData("\"P999999999999999999Y\"")]
    [InlineData("[]")]
    public void What_is_no_duration_is_refused_a_quoted_bare_number_too(string json) => Assert.Throws<JsonException>(() => Read<TimeSpan>(json));

    [Theory]
    [InlineData("5", 5)]
    [InlineData("5.0", 5)]
    [InlineData("\"5\"", 5)]
    [InlineData("\" -7 \"", -7)]
    [InlineData("\"5.0\"", 5)]
    [InlineData("true", 1)]
    public void Integers_may_be_text(string json, int expected) => Assert.Equal(expected, Read<int>(json));

    [Theory]
    [InlineData("5.5")]
    [InlineData("\"five\"")]
    [InlineData("\"\"")]
    [InlineData("3000000000")]
    [InlineData("1e400")]
    [InlineData("null")]
    [InlineData("{}")]
    public void What_is_no_integer_is_refused(string json) => Assert.Throws<JsonException>(() => Read<int>(json));

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("\"2.50\"", "2.5")]
    [InlineData("0.1", "0.1")]
    [InlineData("1e-7", "1E-07")]
    public void Floats_are_written_so_that_they_stay_floats(string json, string expected) => Assert.Equal(expected, Write(Read<double>(json)));

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("\"Yes\"", true)]
    [InlineData("\"1\"", true)]
    [InlineData("1", true)]
    [InlineData("1.0", true)]
    [InlineData("false", false)]
    [InlineData("\"off\"", false)]
    [InlineData("\"N\"", false)]
    [InlineData("0", false)]
    public void Booleans_may_be_words_and_numbers(string json, bool expected) => Assert.Equal(expected, Read<bool>(json));

    [Theory]
    [InlineData("2")]
    [InlineData("\"maybe\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    public void What_is_no_boolean_is_refused(string json) => Assert.Throws<JsonException>(() => Read<bool>(json));

    [Theory]
    [InlineData("3F2B0B9E-6E0C-4E0E-9C6F-0D7F2A8F5A11")]
    [InlineData("3f2b0b9e6e0c4e0e9c6f0d7f2a8f5a11")]
    [InlineData("{3f2b0b9e-6e0c-4e0e-9c6f-0d7f2a8f5a11}")]
    [InlineData("urn:uuid:3f2b0b9e-6e0c-4e0e-9c6f-0d7f2a8f5a11")]
    public void Ids_are_read_in_every_form_and_written_in_lower_case_with_hyphens(string text)
        => Assert.Equal("\"3f2b0b9e-6e0c-4e0e-9c6f-0d7f2a8f5a11\"", Write(Read<Guid>($"\"{text}\"")));

    [Theory]
    [InlineData("\"3f2b0b9e\"")]
    [InlineData("\" 3f2b0b9e-6e0c-4e0e-9c6f-0d7f2a8f5a11\"")]
    [InlineData("\"3f2b0b9e6e0c4e0e9c6f0d7f2a8f5a11 \"")]
    [InlineData("5")]
    [InlineData("null")]
    public void What_is_no_id_is_refused(string json) => Assert.Throws<JsonException>(() => Read<Guid>(json));

    [Fact]
    public void Text_does_not_take_numbers_and_is_written_unescaped()
    {
        Assert.Throws<JsonException>(() => Read<string>("5"));
        Assert.Equal("\"Grüße <b> & '日本'\"", Write("Grüße <b> & '日本'"));
    }

    [Fact]
    public void Random_text_is_refused_or_means_a_time_that_survives_writing()
        => Gen.String[Gen.Char["0123456789-:T.Z+ PTHMSDWYdays,"], 0, 24].Sample(text =>
        {
            if (WireDuration.TryParse(text, out var duration) && (Read<TimeSpan>(Write(duration)) - duration).Duration() > TimeSpan.FromMilliseconds(1))
                return false;
            return !WireInstant.TryParse(text, out var instant)
                || (WireInstant.TryParse(WireInstant.FormatKeepingOffset(instant), out var again) && again.EqualsExact(instant));
        });
}
