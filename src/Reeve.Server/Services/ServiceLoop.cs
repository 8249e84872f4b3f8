using Reeve.Data;

namespace Reeve.Server.Services;

/// <summary>Runs one service for as long as the process lives: pass, sleep until woken or due, pass again.</summary>
internal sealed partial class ServiceLoop(Service service, DbSignals signals, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(1);

    private volatile ServiceHealth _health = new();

    public Service Service => service;

    public ServiceHealth Health => _health;

    public async Task RunAsync(CancellationToken stop)
    {
        // Listening begins before the first look, so that no signal falls between a pass and the sleep after it.
        using var waiter = signals.Listen([.. service.Topics]);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                if (await PassAsync(stop) is not { } outcome)
                {
                    var pause = BackOff(_health.FailuresInARow);
                    _health = _health with { NextDue = clock.GetUtcNow() + pause };
                    await Task.Delay(pause, clock, stop);
                    continue;
                }
                if (outcome.More) continue;
                var wait = Sleep(outcome);
                _health = _health with { NextDue = clock.GetUtcNow() + wait };
                await waiter.WaitAsync(wait, clock, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    /// <summary>One pass with its bookkeeping; null when it failed.</summary>
    private async Task<ServiceOutcome?> PassAsync(CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        _health = _health with { Runs = _health.Runs + 1, NextDue = null };
        using var deadline = new CancellationTokenSource(service.Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            var outcome = await service.RunOnceAsync(either.Token);
            Succeeded(outcome, clock.GetElapsedTime(began));
            return outcome;
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            Failed(error, deadline.IsCancellationRequested, clock.GetElapsedTime(began));
            return null;
        }
    }

    private void Succeeded(ServiceOutcome outcome, TimeSpan took)
    {
        if (_health.FailuresInARow > 0) LogRecovered(log, service.Name, _health.FailuresInARow);
        _health = _health with
        {
            Items = _health.Items + outcome.Items,
            FailuresInARow = 0,
            LastSuccess = clock.GetUtcNow(),
            LastDuration = took,
            TotalDuration = _health.TotalDuration + took,
        };
    }

    private void Failed(Exception error, bool late, TimeSpan took)
    {
        var message = late ? $"took longer than {service.Deadline} and was given up" : error.Message;
        // One line an episode: a database that is away for an hour is one fault, not a thousand.
        if (_health.FailuresInARow == 0) LogFailed(log, service.Name, message, error);
        else LogFailedAgain(log, service.Name, message);
        _health = _health with
        {
            Failures = _health.Failures + 1,
            FailuresInARow = _health.FailuresInARow + 1,
            LastFailure = clock.GetUtcNow(),
            LastError = message,
            LastDuration = took,
            TotalDuration = _health.TotalDuration + took,
        };
    }

    private TimeSpan Sleep(ServiceOutcome outcome)
    {
        if (outcome.NextDue is not { } due) return service.Interval;
        var until = due - clock.GetUtcNow();
        if (until < TimeSpan.Zero) return TimeSpan.Zero;
        return until < service.Interval ? until : service.Interval;
    }

    // Between half and the whole of a doubling pause, so that processes that failed together do not return together.
    private static TimeSpan BackOff(int failures)
    {
        var whole = FirstBackOff * Math.Pow(2, Math.Min(failures - 1, 10));
        if (whole > LongestBackOff) whole = LongestBackOff;
        return whole * (0.5 + Random.Shared.NextDouble() / 2);
    }

    [LoggerMessage(2001, LogLevel.Error, "Service {Service} failed and tries again: {Message}")]
    private static partial void LogFailed(ILogger log, string service, string message, Exception error);

    [LoggerMessage(2002, LogLevel.Debug, "Service {Service} failed again: {Message}")]
    private static partial void LogFailedAgain(ILogger log, string service, string message);

    [LoggerMessage(2003, LogLevel.Information, "Service {Service} works again after {Failures} failures")]
    private static partial void LogRecovered(ILogger log, string service, int failures);
}
