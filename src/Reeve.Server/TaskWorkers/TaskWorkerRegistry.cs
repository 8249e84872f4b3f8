using Reeve.Contract.TaskRuns;

namespace Reeve.Server.TaskWorkers;

/// <summary>The task workers that are connected to this process; <see cref="TaskWorkerStore"/> has those of all.</summary>
internal sealed class TaskWorkerRegistry
{
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, (HashSet<string> Keys, DateTimeOffset Seen)> _workers = new(StringComparer.Ordinal);

    /// <summary>A worker showed itself; keys add up over its connections.</summary>
    public void Observe(string worker, IEnumerable<string> taskKeys, DateTimeOffset now)
    {
        lock (_lock)
        {
            var keys = _workers.TryGetValue(worker, out var known) ? known.Keys : new HashSet<string>(StringComparer.Ordinal);
            keys.UnionWith(taskKeys);
            _workers[worker] = (keys, now);
        }
    }

    public void Forget(string worker)
    {
        lock (_lock) _workers.Remove(worker);
    }

    public List<TaskWorkerResponse> List()
    {
        lock (_lock)
        {
            return
            [
                .. _workers.Select(static worker => new TaskWorkerResponse
                {
                    Identifier = worker.Key, TaskKeys = [.. worker.Value.Keys], Timestamp = worker.Value.Seen,
                }),
            ];
        }
    }
}
