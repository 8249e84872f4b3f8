using Reeve.Data;

namespace Reeve.Server.Services;

/// <summary>Runs one service for as long as the process lives: pass, sleep until woken or due, pass again.</summary>
internal sealed partial class ServiceLoop(Service service, DbSignals signals, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(1);

    /// <summary>The same while the database is away: it is not what the pass did that failed, and once it is back nothing should wait.</summary>
    private static readonly TimeSpan LongestWithoutDatabase = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(200);

    /// <summary>After so many failures in a row a service counts as not running.</summary>
    private const int FailuresTolerated = 3;

    private readonly CpuMeter _cpu = new();
    private readonly DbMeter _database = new();
    private bool _databaseIsAway;
    private volatile ServiceHealth _health = new();

    public Service Service => service;

    public ServiceHealth Health => _health;

    public ServiceState State(DateTimeOffset now)
    {
        var health = _health;
        if (health.Ended || health.Began is { } began && now - began > service.Deadline * 2) return ServiceState.Stuck;
        if (health.FailuresInARow > 0) return ServiceState.Failing;
        return health.LastSuccess is null ? ServiceState.Starting : ServiceState.Healthy;
    }

    /// <summary>Whether it does its work, as readiness asks: a failure or two are no reason to take a process out of service.</summary>
    public bool Runs(DateTimeOffset now) => State(now) switch
    {
        ServiceState.Stuck => false,
        ServiceState.Failing => _health.FailuresInARow < FailuresTolerated,
        _ => true,
    };

    /// <param name="stop">No pass begins any more.</param>
    /// <param name="abandon">A pass under way is cancelled.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken abandon)
    {
        try
        {
            await LoopAsync(stop, abandon);
            await service.EndAsync(abandon);
        }
        finally
        {
            if (!stop.IsCancellationRequested) _health = _health with { Ended = true };
        }
    }

    private async Task LoopAsync(CancellationToken stop, CancellationToken abandon)
    {
        DbCaller.Name = service.Name;
        // Listening begins before the first look, so that no signal falls between a pass and the sleep after it.
        using var waiter = signals.Listen([.. service.Topics]);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                if (await PassAsync(abandon) is not { } outcome)
                {
                    var pause = BackOff();
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
        catch (Exception error) when (abandon.IsCancellationRequested || (error is OperationCanceledException && stop.IsCancellationRequested))
        {
            // The process stops; whatever a cancelled pass failed with is of no interest.
        }
    }

    /// <summary>One pass with its bookkeeping; null when it failed.</summary>
    private async Task<ServiceOutcome?> PassAsync(CancellationToken abandon)
    {
        var began = clock.GetTimestamp();
        _health = _health with { Runs = _health.Runs + 1, NextDue = null, Began = clock.GetUtcNow() };
        using var deadline = new CancellationTokenSource(service.Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, abandon);
        try
        {
            DbMeter.Current = _database;
            var outcome = await _cpu.RunAsync(() => service.RunOnceAsync(either.Token));
            Succeeded(outcome, clock.GetElapsedTime(began));
            return outcome;
        }
        catch (Exception error) when (!abandon.IsCancellationRequested)
        {
            Failed(error, deadline.IsCancellationRequested, clock.GetElapsedTime(began));
            return null;
        }
    }

    private void Succeeded(ServiceOutcome outcome, TimeSpan took)
    {
        service.Batch?.Grow();
        if (_health.FailuresInARow > 0) LogRecovered(log, service.Name, _health.FailuresInARow);
        _health = _health with
        {
            Items = _health.Items + outcome.Items,
            FailuresInARow = 0,
            LastSuccess = clock.GetUtcNow(),
            Backlog = outcome.Backlog,
            Oldest = outcome.Oldest,
        };
        Measured(took);
    }

    private void Measured(TimeSpan took) => _health = _health with
    {
        Began = null,
        LastDuration = took,
        TotalDuration = _health.TotalDuration + took,
        CpuTime = _cpu.Time,
        DatabaseTime = _database.Time,
        Statements = _database.Statements,
        RoundTrips = _database.RoundTrips,
    };

    private void Failed(Exception error, bool late, TimeSpan took)
    {
        if (late || error is DatabaseException { Kind: DatabaseErrorKind.Timeout }) service.Batch?.Halve();
        _databaseIsAway = error is DatabaseException { IsPassing: true };
        var message = late ? $"took longer than {service.Deadline} and was given up" : error.Message;
        // One line an episode: a database that is away for an hour is one fault, not a thousand.
        if (_health.FailuresInARow == 0) LogFailed(log, service.Name, message, _databaseIsAway || late ? null : error);
        else LogFailedAgain(log, service.Name, message);
        _health = _health with
        {
            Failures = _health.Failures + 1,
            FailuresInARow = _health.FailuresInARow + 1,
            LastFailure = clock.GetUtcNow(),
            LastError = message,
        };
        Measured(took);
    }

    private TimeSpan Sleep(ServiceOutcome outcome)
    {
        if (outcome.NextDue is not { } due) return service.Interval;
        var until = due - clock.GetUtcNow();
        // Something that is due and cannot be done must not keep a processor busy.
        if (until < ShortestSleep) until = outcome.Items > 0 ? TimeSpan.Zero : ShortestSleep;
        return until < service.Interval ? until : service.Interval;
    }

    // Between half and the whole of a doubling pause, so that processes that failed together do not return together.
    private TimeSpan BackOff()
    {
        var whole = FirstBackOff * Math.Pow(2, Math.Min(_health.FailuresInARow - 1, 10));
        var longest = _databaseIsAway ? LongestWithoutDatabase : LongestBackOff;
        if (whole > longest) whole = longest;
        return whole * (0.5 + Random.Shared.NextDouble() / 2);
    }

    [LoggerMessage(2001, LogLevel.Error, "Service {Service} failed and tries again: {Message}")]
    private static partial void LogFailed(ILogger log, string service, string message, Exception? error);

    [LoggerMessage(2002, LogLevel.Debug, "Service {Service} failed again: {Message}")]
    private static partial void LogFailedAgain(ILogger log, string service, string message);

    [LoggerMessage(2003, LogLevel.Information, "Service {Service} works again after {Failures} failures")]
    private static partial void LogRecovered(ILogger log, string service, int failures);
}
