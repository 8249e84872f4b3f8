using Reeve.Data;
using Reeve.Server.Hosting;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Server.Processes;

/// <summary>Keeps this process in the table of processes for as long as it lives. Not being able to is nobody's fault but the database's, and harms nobody.</summary>
internal sealed partial class ProcessBeats(
    ProcessStore store, ServerSettings settings, ServerRole role, ServiceRunner runner, ServiceReports reports, TimeProvider clock, ILogger<ProcessBeats> log) : IHostedService, IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan FirstBeat = TimeSpan.FromSeconds(1);

    /// <summary>After a beat that the database did not take.</summary>
    private static readonly TimeSpan NextTry = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly ProcessInfo _self = ProcessDescription.Create(settings, role, runner, clock.GetUtcNow());
    private Task _beating = Task.CompletedTask;

    /// <summary>The id under which this process is known.</summary>
    public Guid Self => _self.Id;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _beating = Task.Run(BeatAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _beating;
        using var limit = new CancellationTokenSource(LastWord, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await TryAsync(() => store.ForgetAsync(_self.Id, either.Token));
    }

    public void Dispose() => _stop.Dispose();

    private async Task BeatAsync()
    {
        DbCaller.Name = "beat";
        for (var wait = FirstBeat; ;)
        {
            try
            {
                await Task.Delay(wait, clock, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            var now = clock.GetUtcNow();
            wait = await TryAsync(() => store.BeatAsync(_self with { Reports = reports.All(now) }, now, _stop.Token)) ? Interval : NextTry;
        }
    }

    private async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Exception error)
        {
            // Whatever it was, the beats go on: a process that is not heard counts as dead.
            LogUnheard(log, error.Message);
            return false;
        }
    }

    [LoggerMessage(2020, LogLevel.Debug, "The table of processes was not written: {Message}")]
    private static partial void LogUnheard(ILogger log, string message);
}
