using CsCheck;
using Reeve.Core.Orchestration;
using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Tests.Orchestration.Concurrency;

public class SlotMathTests
{
    private static readonly OrchestrationSettings Settings = OrchestrationSettings.Default;

    [Theory]
    [InlineData(10, 0.0, 100.0, 10)]
    [InlineData(10, 0.5, 3.0, 9)]
    [InlineData(10, 0.5, 3.9, 9)]
    [InlineData(10, 0.5, 4.0, 8)]
    [InlineData(10, 5.0, 1e9, 0)]
    public void Slots_free_themselves_in_whole_numbers(int active, double decay, double seconds, int left) => Assert.Equal(
        left,
        SlotMath.ActiveAfterDecay(Given.Limit(10, active, decay: decay), Given.Start.AddSeconds(seconds)));

    [Theory]
    [InlineData("tag:x", 60.0, 0.0, 0.1)]
    [InlineData("other", 60.0, 0.0, 1 / 30.0)]
    [InlineData("other", 2.0, 0.0, 0.5)]
    [InlineData("other", 0.001, 0.0, 10)]
    [InlineData("other", 2.0, 0.25, 0.25)]
    public void Refusals_are_forgotten_as_fast_as_slots_come_free(string name, double occupancy, double decay, double perSecond) => Assert.Equal(
        perSecond,
        SlotMath.DeniedDecayPerSecond(Given.Limit(1, 0, name, decay: decay) with { AvgSlotOccupancySeconds = occupancy }, Settings),
        9);

    [Fact]
    public void The_average_occupancy_moves_by_half_a_share()
    {
        var given = SlotMath.GiveBack(Given.Limit(2, 2), 1, TimeSpan.FromSeconds(10), Given.Start, Settings);

        Assert.Equal(1, given.ActiveSlots);
        Assert.Equal(2.0 + (10 / 4.0) - (2.0 / 4.0), given.AvgSlotOccupancySeconds, 9);
    }

    [Fact]
    public void A_deactivated_limit_takes_slots_back() =>
        Assert.Equal(0, SlotMath.GiveBack(Given.Limit(2, 1, isActive: false), 1, null, Given.Start, Settings).ActiveSlots);

    [Fact]
    public void Waiting_times_stay_within_their_bounds_and_grow_with_the_draw() => Gen.Select(
        Gen.Double[0.001, 1e4],
        Gen.Double[0.01, 60],
        Gen.Double[0, 1]).Sample((average, factor, uniform) =>
        {
            var drawn = PoissonInterval.Draw(average, factor, uniform);
            Assert.InRange(drawn, PoissonInterval.Lower(average, factor), PoissonInterval.Upper(average, factor));
            Assert.True(PoissonInterval.Draw(average, factor, uniform / 2) <= drawn);
        });

    [Fact]
    public void The_usual_spread_is_a_quarter_down_and_a_third_up()
    {
        Assert.Equal(0.753, PoissonInterval.Lower(1), 2);
        Assert.Equal(1.3, PoissonInterval.Upper(1), 9);
    }

    [Fact]
    public void The_limit_with_most_waiting_says_when_to_come_back()
    {
        SlotLimit[] limits =
        [
            Given.Limit(10, 10) with { DeniedSlots = 1 },
            Given.Limit(1, 1) with { DeniedSlots = 4 },
            Given.Limit(1, 1, isActive: false) with { DeniedSlots = 400 },
        ];

        Assert.InRange(SlotRefusal.RetryAfterSeconds(limits, 1, Settings, 0.5), 7.5, 13);
        Assert.InRange(SlotRefusal.RetryAfterSeconds([Given.Limit(1, 1, decay: 0.5)], 1, Settings, 0.5), 1.5, 2.6);
    }

    [Fact]
    public void With_a_longest_wait_of_nothing_nobody_waits()
    {
        var settings = Settings with { TagSlotWait = TimeSpan.Zero, MaximumSlotWait = TimeSpan.Zero };

        Assert.Equal(0, SlotRefusal.RetryAfterSeconds([Given.Limit(1, 1)], 1, settings, 0.5));
        Assert.Equal(0, SlotRefusal.RetryAfterSeconds([Given.Limit(1, 1, "tag:t")], 1, settings, 0.5));
    }
}
