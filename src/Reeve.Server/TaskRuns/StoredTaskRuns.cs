namespace Reeve.Server.TaskRuns;

/// <summary>Stored runs, found by id or by natural key.</summary>
internal sealed class StoredTaskRuns
{
    private readonly Dictionary<Guid, StoredTaskRun> _byId = [];
    private readonly Dictionary<TaskRunKey, StoredTaskRun> _byKey = [];

    public void Add(IEnumerable<StoredTaskRun> runs)
    {
        foreach (var run in runs)
        {
            _byId[run.Id] = run;
            if (run.FlowRunId is { } flowRun) _byKey[new TaskRunKey(flowRun, run.TaskKey, run.DynamicKey)] = run;
        }
    }

    /// <summary>
    /// The stored run that a group of records is about: the one with the newest record's natural key, else with its id,
    /// else the one that any record of the group means.
    /// </summary>
    public StoredTaskRun? Match(List<TaskRunRecord> group)
    {
        var newest = group[^1];
        if (newest.Key is { } key && _byKey.GetValueOrDefault(key) is { } sameKey) return sameKey;
        if (_byId.GetValueOrDefault(newest.Id) is { } sameId) return sameId;
        foreach (var record in group)
        {
            if (_byId.GetValueOrDefault(record.Id) is { } byId) return byId;
            if (record.Key is { } other && _byKey.GetValueOrDefault(other) is { } byKey) return byKey;
        }
        return null;
    }
}
