using Reeve.Settings;
using Reeve.Settings.Views;
using Reeve.Worker;

namespace Reeve.Cli.Hosting;

/// <summary>Prints what a worker does and what its runs print, one line each.</summary>
internal sealed class WorkerConsole : IWorkerLog
{
    private readonly TextWriter _out;
    private readonly TimeProvider _clock;
    private readonly WorkerLogLevel _least;

    public WorkerConsole(CliHost host, ResolvedSettings settings)
    {
        _out = TextWriter.Synchronized(host.Out);
        _clock = host.Clock;
        _least = new WorkerSettings(settings).DebugMode
            ? WorkerLogLevel.Debug
            : new LoggingSettings(settings).Level.ToUpperInvariant() switch
            {
                "DEBUG" => WorkerLogLevel.Debug,
                "WARNING" or "WARN" => WorkerLogLevel.Warning,
                "ERROR" or "CRITICAL" => WorkerLogLevel.Error,
                _ => WorkerLogLevel.Info,
            };
    }

    public void Write(WorkerLogLevel level, string message)
    {
        if (level >= _least) _out.WriteLine($"{_clock.GetLocalNow():HH:mm:ss.fff} | {level.ToString().ToUpperInvariant(),-7} | {message}");
    }

    public void Output(string flowRunName, string line, bool isError) => _out.WriteLine($"{flowRunName} | {line}");
}
