using Reeve.Worker;

namespace Reeve.Cli.Commands.Quickstart;

/// <summary>One line for each thing that happens; what runs print is left to their logs.</summary>
internal sealed class QuickstartConsole(CliHost host) : IWorkerLog
{
    private readonly TextWriter _out = TextWriter.Synchronized(host.Out);

    public void Write(WorkerLogLevel level, string message)
    {
        if (level >= WorkerLogLevel.Info) _out.WriteLine($"{host.Clock.GetLocalNow():HH:mm:ss}  {message}");
    }

    public void Output(string flowRunName, string line, bool isError)
    {
        // The web page and flow-run logs shows it.
    }
}
