using System.Net;
using Reeve.Client;
using Reeve.Contract.WorkPools;
using Reeve.Worker.Process;

namespace Reeve.Worker;

/// <summary>Finds the work pool a worker is to serve, and makes it when it does not exist.</summary>
internal sealed class PoolSetup(WorkerOptions options, ReeveClient client, TimeProvider clock, IWorkerLog log)
{
    /// <exception cref="WorkerException">The pool is missing and may not be created, or is of another type.</exception>
    public async Task<WorkPoolResponse> OpenAsync(CancellationToken stop)
    {
        if (options.Type is { } type && type != ProcessPool.Type)
            throw new WorkerException($"There is no worker of type '{type}' here; this one runs processes (--type {ProcessPool.Type}).");
        var pool = await FindAsync(stop);
        if (pool.Type != ProcessPool.Type)
        {
            throw new WorkerException(
                $"Work pool '{pool.Name}' is of type '{pool.Type}', this worker serves pools of type '{ProcessPool.Type}'. Name another pool with --pool.");
        }

        if (pool.IsPaused) log.Write(WorkerLogLevel.Warning, $"Work pool '{pool.Name}' is paused: no run starts until it is resumed.");
        return pool;
    }

    private async Task<WorkPoolResponse> FindAsync(CancellationToken stop)
    {
        var told = false;
        while (true)
        {
            try
            {
                return await FindOrCreateAsync(stop);
            }
            catch (ApiUnavailableException error)
            {
                if (!told) log.Write(WorkerLogLevel.Warning, $"{error.Message} The worker waits for it.");
                told = true;
                await Task.Delay(options.PollInterval, clock, stop);
            }
        }
    }

    private async Task<WorkPoolResponse> FindOrCreateAsync(CancellationToken stop)
    {
        try
        {
            return await client.WorkPools.ReadAsync(options.Pool, stop);
        }
        catch (ApiNotFoundException)
        {
            if (!options.CreatePool)
                throw new WorkerException($"There is no work pool '{options.Pool}'. Create it: reeve work-pool create {options.Pool} --type {ProcessPool.Type}");
        }

        try
        {
            var created = await client.WorkPools.CreateAsync(
                new WorkPoolCreate { Name = options.Pool, Type = ProcessPool.Type, BaseJobTemplate = ProcessPool.BaseJobTemplate }, stop);
            log.Write(WorkerLogLevel.Info, $"Work pool '{options.Pool}' of type '{ProcessPool.Type}' created");
            return created;
        }
        catch (ApiException error) when (error.Status == HttpStatusCode.Conflict)
        {
            // Another worker was quicker.
            return await client.WorkPools.ReadAsync(options.Pool, stop);
        }
    }
}
