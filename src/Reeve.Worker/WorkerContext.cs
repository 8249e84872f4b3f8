using System.Collections.Concurrent;
using Reeve.Client;
using Reeve.Contract.WorkPools;
using Reeve.Worker.Jobs;
using Reeve.Worker.Reporting;

namespace Reeve.Worker;

/// <summary>What all runs of one worker share.</summary>
internal sealed class WorkerContext
{
    private readonly ConcurrentDictionary<Guid, string> _flowNames = new();

    public required WorkerOptions Options { get; init; }

    public required ReeveClient Client { get; init; }

    public required TimeProvider Clock { get; init; }

    public required IWorkerLog Log { get; init; }

    public required JobBuilder Jobs { get; init; }

    public required StateReporter States { get; init; }

    public required LogShipper Logs { get; init; }

    /// <summary>Cancelled when a stopping worker may wait no longer.</summary>
    public required CancellationToken Abandon { get; init; }

    /// <summary>The pool as last read.</summary>
    public required WorkPoolResponse Pool { get; set; }

    /// <summary>The flow's name, or null when there is none; it never changes.</summary>
    public async Task<string?> FlowNameAsync(Guid id, CancellationToken cancel)
    {
        if (_flowNames.TryGetValue(id, out var name)) return name;
        try
        {
            name = (await Client.Flows.ReadAsync(id, cancel)).Name;
            if (_flowNames.Count < 10_000) _flowNames[id] = name;
            return name;
        }
        catch (ApiNotFoundException)
        {
            return null;
        }
    }
}
