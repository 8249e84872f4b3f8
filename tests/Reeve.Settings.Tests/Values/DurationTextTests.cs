using CsCheck;
using Reeve.Settings.Values;

namespace Reeve.Settings.Tests.Values;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData(0, "PT0S")]
    [InlineData(604800, "P7D")]
    [InlineData(3600, "PT1H")]
    [InlineData(93784.5, "P1DT2H3M4.5S")]
    [InlineData(-5, "-PT5S")]
    public void Durations_are_written_with_days_as_the_largest_unit(double seconds, string expected) =>
        Assert.Equal(expected, DurationText.ToIso(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void What_is_written_reads_back() =>
        Gen.Long[-86_400_000_000L * 1000, 86_400_000_000L * 1000].Sample(microseconds =>
        {
            var duration = TimeSpan.FromTicks(microseconds * 10);
            return DurationText.TryParse(DurationText.ToIso(duration), out var read) && read == duration;
        });
}
