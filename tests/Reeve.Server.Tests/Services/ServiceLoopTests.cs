using Microsoft.Extensions.Logging.Abstractions;
using Reeve.Data;
using Reeve.Server.Services;
using Reeve.Testing;

namespace Reeve.Server.Tests.Services;

public sealed class ServiceLoopTests : IAsyncDisposable
{
    private readonly TestClock _clock = new();
    private readonly DbSignals _signals = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    [Fact]
    public async Task Sleeps_for_its_interval_when_nothing_wakes_it()
    {
        var service = new CountingService(CountingService.Did(2));
        var loop = await StartAsync(service, passes: 1);
        Assert.Equal(_clock.GetUtcNow() + service.Interval, loop.Health.NextDue);
        _clock.Advance(service.Interval);
        await SleepsAfterAsync(loop, 2);
        Assert.Equal(4, loop.Health.Items);
        Assert.NotNull(loop.Health.LastSuccess);
    }

    [Fact]
    public async Task Wakes_at_once_on_a_topic()
    {
        var service = new CountingService(CountingService.Did(0));
        var loop = await StartAsync(service, passes: 1);
        _signals.Raise("test");
        await SleepsAfterAsync(loop, 2);
    }

    [Fact]
    public async Task Runs_again_at_once_while_there_is_more()
    {
        var service = new CountingService(CountingService.Did(1, more: true), CountingService.Did(1, more: true), CountingService.Did(0));
        await StartAsync(service, passes: 3, sleeps: 1);
        Assert.Equal(3, service.Passes);
    }

    [Fact]
    public async Task Wakes_when_the_next_thing_is_due()
    {
        var service = new CountingService(CountingService.Did(1, due: TestClock.Noon.AddSeconds(7)), CountingService.Did(0));
        var loop = await StartAsync(service, passes: 1);
        Assert.Equal(TestClock.Noon.AddSeconds(7), loop.Health.NextDue);
        _clock.Advance(TimeSpan.FromSeconds(7));
        await SleepsAfterAsync(loop, 2);
    }

    [Fact]
    public async Task Backs_off_after_a_failure_and_recovers()
    {
        var service = new CountingService(_ => throw new InvalidOperationException("broken"), CountingService.Did(5));
        var loop = await StartAsync(service, passes: 1);
        Assert.Equal((1, "broken"), (loop.Health.FailuresInARow, loop.Health.LastError));
        Assert.InRange(loop.Health.NextDue!.Value - _clock.GetUtcNow(), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await SleepsAfterAsync(loop, 2);
        Assert.Equal((0, 1L, 5L), (loop.Health.FailuresInARow, loop.Health.Failures, loop.Health.Items));
    }

    [Theory]
    [InlineData(true, 5)]
    [InlineData(false, 60)]
    public async Task Backs_off_for_seconds_while_the_database_is_away_and_for_a_minute_when_it_fails_itself(bool databaseIsAway, int longest)
    {
        Exception error = databaseIsAway ? new DatabaseException(DatabaseErrorKind.Unavailable, "away", null, null) : new InvalidOperationException("broken");
        const int Failures = 9;
        var service = new CountingService([.. Enumerable.Repeat<Func<CancellationToken, Task<ServiceOutcome>>>(_ => throw error, Failures), CountingService.Did(1)]);
        var loop = await StartAsync(service, passes: 1);
        for (var pass = 2; pass <= Failures; pass++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await SleepsAfterAsync(loop, pass);
        }

        var whole = TimeSpan.FromSeconds(longest);
        Assert.InRange(loop.Health.NextDue!.Value - _clock.GetUtcNow(), whole / 2, whole);
        _clock.Advance(whole);
        await SleepsAfterAsync(loop, Failures + 1);
        Assert.Equal(0, loop.Health.FailuresInARow);
    }

    [Fact]
    public async Task A_pass_beyond_its_deadline_is_cancelled_and_counts_as_failed()
    {
        var service = new CountingService(
            static cancel => new TaskCompletionSource<ServiceOutcome>().Task.WaitAsync(cancel),
            CountingService.Did(0));
        var loop = new ServiceLoop(service, _signals, _clock, NullLogger.Instance);
        _running = loop.RunAsync(_stop.Token, _stop.Token);
        await UntilAsync(() => service.Passes == 1 && _clock.TimersArmed >= 1, "the pass to hang");
        _clock.Advance(service.Deadline);
        await UntilAsync(() => loop.Health.Failures == 1, "the pass to be given up");
        Assert.Contains("longer than", loop.Health.LastError, StringComparison.Ordinal);
    }

    private async Task<ServiceLoop> StartAsync(CountingService service, int passes, int sleeps = 0)
    {
        var loop = new ServiceLoop(service, _signals, _clock, NullLogger.Instance);
        _running = loop.RunAsync(_stop.Token, _stop.Token);
        await SleepsAfterAsync(loop, passes, sleeps);
        return loop;
    }

    // Each pass arms a timer for its deadline and each sleep one for its end; only then may the test move the clock.
    private async Task SleepsAfterAsync(ServiceLoop loop, int passes, int sleeps = 0)
    {
        await UntilAsync(() => loop.Health.Runs == passes && loop.Health.NextDue is not null, $"sleep after pass {passes}");
        await UntilAsync(() => _clock.TimersArmed >= passes + (sleeps == 0 ? passes : sleeps), $"timer after pass {passes}");
    }

    private static Task UntilAsync(Func<bool> met, string expected) =>
        Eventually.TrueAsync("service loop", "the service", () => Task.FromResult(met()), expected);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }
}
