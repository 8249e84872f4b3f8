using Reeve.Contract;
using Reeve.Contract.WorkPools;
using Reeve.Core;
using Reeve.Server.Http;
using Reeve.Server.WorkPools.Queues;
using Reeve.Server.WorkPools.Workers;

namespace Reeve.Server.WorkPools.Channel;

/// <summary>From a hello to a pool and its queues, in the order of websockets.md §5.3.</summary>
internal sealed class ChannelSetup(WorkPoolStore pools, WorkPoolTemplates templates, WorkQueueStore queues, WorkerStore workers, TimeProvider clock)
{
    private const int MostQueues = 200;

    /// <exception cref="ChannelClosedException">The worker may not have the channel, or the heartbeat could not be stored.</exception>
    public async Task<(WorkPoolRecord Pool, List<(Guid Id, string Name)> Queues)> RunAsync(string name, WorkerHello hello, CancellationToken cancel)
    {
        var pool = await pools.FindAsync(name, cancel) ?? await CreateAsync(name, hello, cancel);
        var resolved = await QueuesAsync(pool, hello, cancel);
        if (IsEmpty(pool.Wire.BaseJobTemplate) && !IsEmpty(hello.DefaultTemplate))
        {
            await CheckAsync(hello.DefaultTemplate, cancel);
            var update = new WorkPoolUpdate { BaseJobTemplate = new Optional<RawJson>(hello.DefaultTemplate) };
            await pools.UpdateAsync(async () => await pools.FindAsync(pool.Id, cancel) ?? throw ChannelClosedException.Authorization, update, clock.GetUtcNow(), cancel);
        }
        await HeartbeatAsync(pool, hello, cancel);
        return (await pools.FindAsync(pool.Id, cancel) ?? throw ChannelClosedException.Authorization, resolved);
    }

    /// <summary>The worker is alive; the pool as it is now.</summary>
    /// <exception cref="ChannelClosedException">It could not be stored.</exception>
    public async Task<WorkPoolRecord> HeartbeatAsync(WorkPoolRecord pool, WorkerHello hello, CancellationToken cancel)
    {
        try
        {
            var found = await workers.HeartbeatAsync(pool.Name, hello.WorkerName, hello.HeartbeatInterval, clock.GetUtcNow(), cancel);
            if (found?.Id == pool.Id) return found;
        }
        catch (Data.DatabaseException)
        {
            // Told to the worker below, which comes again.
        }
        throw ChannelClosedException.Heartbeat;
    }

    private async Task<WorkPoolRecord> CreateAsync(string name, WorkerHello hello, CancellationToken cancel)
    {
        if (!hello.CreatesPool || name.StartsWith("prefect", StringComparison.OrdinalIgnoreCase)) throw ChannelClosedException.Authorization;
        await CheckAsync(hello.DefaultTemplate, cancel);
        // A pool that is new has one queue. None is made for a worker that is refused right after.
        if (hello.Queues.Exists(static queue => queue != WorkPoolStore.DefaultQueue)) throw ChannelClosedException.Authorization;
        try
        {
            await pools.CreateAsync(new WorkPoolCreate { Name = name, Type = hello.WorkerType, BaseJobTemplate = hello.DefaultTemplate }, clock.GetUtcNow(), cancel);
        }
        catch (ApiException error) when (error.Status == 409)
        {
            // Another worker was quicker.
        }
        return await pools.FindAsync(name, cancel) ?? throw ChannelClosedException.Authorization;
    }

    private async Task CheckAsync(RawJson template, CancellationToken cancel)
    {
        if (WorkPoolTemplates.Problem(template) is not null) throw ChannelClosedException.Protocol;
        try
        {
            await templates.CheckDefaultsAsync(template, cancel);
        }
        catch (ApiException)
        {
            throw ChannelClosedException.Protocol;
        }
    }

    private async Task<List<(Guid Id, string Name)>> QueuesAsync(WorkPoolRecord pool, WorkerHello hello, CancellationToken cancel)
    {
        if (hello.Queues.Count == 0)
        {
            return (await queues.ListOfPoolAsync(pool.Id, null, MostQueues, 0, cancel)).ConvertAll(static queue => (queue.Id, queue.Name));
        }
        var resolved = new List<(Guid, string)>();
        foreach (var name in hello.Queues)
        {
            var queue = await queues.FindAsync(pool.Name, name, cancel) ?? throw ChannelClosedException.Authorization;
            resolved.Add((queue.Wire.Id, queue.Wire.Name));
        }
        return resolved;
    }

    private static bool IsEmpty(RawJson template)
    {
        if (template.IsNull) return true;
        using var document = template.ToDocument();
        return !document.RootElement.EnumerateObject().Any();
    }
}
