using Microsoft.Extensions.Logging.Abstractions;
using Reeve.Data;
using Reeve.Server.Diagnostics;
using Reeve.Server.Diagnostics.Checks;
using Reeve.Server.Services;
using Reeve.Server.Tests.Services;
using Reeve.Testing;

namespace Reeve.Server.Tests.Diagnostics;

public sealed class CheckTests
{
    private static readonly DbPoolState Calm = new(10, 3, 0, 2, TimeSpan.FromMilliseconds(8), TimeSpan.FromMilliseconds(6), 0, false, true);

    [Fact]
    public void A_slow_database_is_told_with_its_time()
    {
        Assert.Equal(CheckStatus.Ok, DatabaseCheck.Of(TimeSpan.FromMilliseconds(50), isSqlite: false).Status);
        var slow = DatabaseCheck.Of(TimeSpan.FromMilliseconds(51.25), isSqlite: false);
        Assert.Equal((CheckStatus.Warn, "PostgreSQL answers in 51.3 ms."), (slow.Status, Assert.Single(slow.Evidence)));
        Assert.Contains("disk", DatabaseCheck.Of(TimeSpan.FromSeconds(1), isSqlite: true).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Waiting_for_connections_and_a_pooler_without_a_way_past_it_are_told()
    {
        Assert.Equal(CheckStatus.Ok, PoolCheck.Of(null).Status);
        Assert.Equal(CheckStatus.Ok, PoolCheck.Of(Calm).Status);
        Assert.Equal(CheckStatus.Warn, PoolCheck.Of(Calm with { Waiting = 1 }).Status);
        Assert.Equal(CheckStatus.Warn, PoolCheck.Of(Calm with { GivenUp = 1 }).Status);
        var waited = PoolCheck.Of(Calm with { LongestWait = TimeSpan.FromSeconds(1.5) });
        Assert.Contains("2 have waited since the start, 4 ms on average, 1500 ms at most", Assert.Single(waited.Evidence), StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Warn, waited.Status);
        Assert.Contains("PREFECT_REEVE_DATABASE_DIRECT_URL", PoolCheck.Of(Calm with { IsShared = true, Listens = false }).Fix, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Ok, PoolCheck.Of(Calm with { IsShared = true, Listens = true }).Status);
    }

    [Theory]
    [InlineData(0, 0, CheckStatus.Ok)]
    [InlineData(5, 30, CheckStatus.Ok)]
    [InlineData(5, 31, CheckStatus.Warn)]
    [InlineData(1000, 301, CheckStatus.Fail)]
    public void Events_may_wait_for_half_a_minute(int events, double seconds, object status)
    {
        var result = OutboxCheck.Of(events, TimeSpan.FromSeconds(seconds));
        Assert.Equal(status, result.Status);
        Assert.Equal(events >= 1000, result.Evidence[0].Contains("or more", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 0, 0, CheckStatus.Ok)]
    [InlineData(5, 30, 0, CheckStatus.Ok)]
    [InlineData(5, 31, 0, CheckStatus.Warn)]
    [InlineData(5, 301, 3, CheckStatus.Fail)]
    [InlineData(0, 0, 1, CheckStatus.Warn)]
    public void Actions_may_wait_for_half_a_minute_and_none_is_given_up_unseen(int waiting, double seconds, int dead, object status)
    {
        var result = ActionsCheck.Of(waiting, TimeSpan.FromSeconds(seconds), dead);
        Assert.Equal(status, result.Status);
        Assert.Equal(result.Status == CheckStatus.Ok, result.Fix is null);
        Assert.Equal(dead > 0, result.Evidence.Any(static line => line.Contains("given up", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_service_that_fails_warns_and_after_three_times_fails()
    {
        var first = await ServiceAsync(failures: 1);
        Assert.Equal((CheckStatus.Warn, "Scheduler failed 0 s ago and tries again: broken"), (first.Status, Assert.Single(first.Evidence)));
        var third = await ServiceAsync(failures: 3);
        Assert.Equal(CheckStatus.Fail, third.Status);
        Assert.StartsWith("Scheduler has failed 3 times in a row", Assert.Single(third.Evidence), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_behind_with_its_work_or_its_time_or_stuck_is_told()
    {
        var clock = new TestClock();
        var behind = new CountingService(_ => Task.FromResult(new ServiceOutcome(0) { Backlog = 7, Oldest = TestClock.Noon.AddMinutes(-4) }));
        Assert.Equal("Scheduler has 7 things left to do, the oldest since 240 s ago.", Assert.Single((await OfAsync(behind, clock, clock.GetUtcNow())).Evidence));
        var well = new CountingService(CountingService.Did(0));
        Assert.Equal(CheckStatus.Ok, (await OfAsync(well, clock, clock.GetUtcNow())).Status);
        Assert.Equal("Scheduler should have begun a pass 20 s ago.", Assert.Single((await OfAsync(well, clock, clock.GetUtcNow().AddSeconds(80))).Evidence));
        var stuck = new CountingService(async cancel =>
        {
            // Never done, until it is given up.
            return await new TaskCompletionSource<ServiceOutcome>().Task.WaitAsync(cancel);
        });
        var result = await OfAsync(stuck, clock, clock.GetUtcNow().AddSeconds(41), sleeps: false);
        Assert.Equal((CheckStatus.Fail, "Scheduler is stuck in a pass that began 41 s ago."), (result.Status, Assert.Single(result.Evidence)));
    }

    private static async Task<CheckResult> ServiceAsync(int failures)
    {
        var clock = new TestClock();
        var service = new CountingService(_ => throw new InvalidOperationException("broken"));
        return await RunAsync(service, clock, async loop =>
        {
            for (var failure = 1; ; failure++)
            {
                var wanted = failure;
                await Eventually.TrueAsync("failing", "service", () => Task.FromResult(loop.Health.FailuresInARow == wanted && loop.Health.NextDue is not null), $"{wanted} failures");
                if (failure == failures) return clock.GetUtcNow();
                // The pause may be armed a moment after it is told.
                await Eventually.TrueAsync("failing", "service", () => { clock.Advance(TimeSpan.FromMinutes(1)); return Task.FromResult(loop.Health.FailuresInARow > wanted); }, "another failure");
            }
        });
    }

    private static Task<CheckResult> OfAsync(CountingService service, TestClock clock, DateTimeOffset at, bool sleeps = true) => RunAsync(service, clock, async loop =>
    {
        await Eventually.TrueAsync("pass", "service", () => Task.FromResult(sleeps ? loop.Health.NextDue is not null : loop.Health.Began is not null), "a pass");
        return at;
    });

    private static async Task<CheckResult> RunAsync(CountingService service, TestClock clock, Func<ServiceLoop, Task<DateTimeOffset>> act)
    {
        using var stop = new CancellationTokenSource();
        var loop = new ServiceLoop(service, new DbSignals(), clock, NullLogger.Instance);
        var running = loop.RunAsync(stop.Token, stop.Token);
        var at = await act(loop);
        // The check runs on what it is given: runners are made from settings.
        var result = new ServicesCheck(runner: null!).Of([loop], at);
        await stop.CancelAsync();
        await running;
        return result;
    }
}
