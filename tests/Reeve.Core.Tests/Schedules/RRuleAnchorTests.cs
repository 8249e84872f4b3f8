using System.Globalization;
using Reeve.Core.Schedules;

namespace Reeve.Core.Tests.Schedules;

public sealed class RRuleAnchorTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_worked_text_gets_the_start_it_should()
    {
        if (SharedExamples.Load() is not { } examples)
        {
            output.WriteLine("No shared/contract beside this checkout: nothing compared.");
            return;
        }

        foreach (var example in examples.GetProperty("normalization").EnumerateArray())
        {
            var now = DateTimeOffset.Parse(example.GetProperty("now").GetString()!, CultureInfo.InvariantCulture);
            string found = RRuleAnchor.Inject(example.GetProperty("rrule").GetString()!, example.GetProperty("timezone").GetString(), now);
            Assert.Equal(example.GetProperty("result").GetString(), found);
        }
    }

    [Fact]
    public void A_rule_by_the_minute_keeps_its_phase_and_starts_near_now()
    {
        var now = new DateTimeOffset(2026, 3, 15, 10, 20, 30, TimeSpan.Zero);
        Assert.Equal("DTSTART:20260315T101700\nFREQ=MINUTELY;INTERVAL=7", RRuleAnchor.Inject("FREQ=MINUTELY;INTERVAL=7", null, now));
        Assert.Equal("DTSTART:20200101T000000\nFREQ=MINUTELY;COUNT=9", RRuleAnchor.Inject("FREQ=MINUTELY;COUNT=9", null, now));
        Assert.Equal("not a rule", RRuleAnchor.Inject("not a rule", null, now));
    }
}
