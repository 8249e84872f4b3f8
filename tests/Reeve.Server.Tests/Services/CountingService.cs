using Reeve.Server.Services;

namespace Reeve.Server.Tests.Services;

/// <summary>A service whose passes the test scripts: each takes the next answer, the last one stays.</summary>
internal sealed class CountingService(params Func<CancellationToken, Task<ServiceOutcome>>[] answers) : Service
{
    private int _passes;

    public int Passes => Volatile.Read(ref _passes);

    public override ServiceInfo Info => ServiceCatalogue.Scheduler;

    public override TimeSpan Interval => TimeSpan.FromSeconds(60);

    public override IReadOnlyList<string> Topics => ["test"];

    public override TimeSpan Deadline => TimeSpan.FromSeconds(20);

    public override Task<ServiceOutcome> RunOnceAsync(CancellationToken cancel)
    {
        var pass = Interlocked.Increment(ref _passes);
        return answers[Math.Min(pass, answers.Length) - 1](cancel);
    }

    public static Func<CancellationToken, Task<ServiceOutcome>> Did(int items, DateTimeOffset? due = null, bool more = false) =>
        _ => Task.FromResult(new ServiceOutcome(items, due, more));
}
