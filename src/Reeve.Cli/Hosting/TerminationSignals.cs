using System.Runtime.InteropServices;

namespace Reeve.Cli.Hosting;

/// <summary>SIGINT and SIGTERM as a token: the first asks the command to end, the second ends the process.</summary>
internal sealed partial class TerminationSignals : IDisposable
{
    private const int Sigint = 2;

    private readonly CancellationTokenSource _source;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _count;

    public TerminationSignals(CliHost host, CancellationToken cancel)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancel, host.Stop ?? CancellationToken.None);
        if (host.Stop is not null) return;
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            _registrations.Add(PosixSignalRegistration.Create(signal, Handle));
    }

    /// <summary>
    /// Listens to SIGINT even where a script has started this process in the background, for which shells switch that signal off.
    /// It must come first of all: the runtime looks once.
    /// </summary>
    public static void HearInterrupts() => _ = signal(Sigint, 0);

    public CancellationToken Token => _source.Token;

    /// <summary>Completes when the command should end.</summary>
    public Task WaitAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Token.Register(() => done.TrySetResult());
        return done.Task;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) > 1) Environment.Exit(ExitCode.Interrupted);
        _source.Cancel();
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint signal(int number, nint handler);
}
