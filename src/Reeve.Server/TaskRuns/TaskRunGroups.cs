namespace Reeve.Server.TaskRuns;

/// <summary>Sorts records into runs: two records belong together when they share an id or a natural key, also by way of a third.</summary>
internal static class TaskRunGroups
{
    /// <summary>The records of each run by time of their states, the runs by the id of their newest record.</summary>
    public static List<List<TaskRunRecord>> Of(IEnumerable<TaskRunRecord> records)
    {
        var byId = new Dictionary<Guid, List<TaskRunRecord>>();
        var byKey = new Dictionary<TaskRunKey, List<TaskRunRecord>>();
        foreach (var record in records)
        {
            var group = byId.GetValueOrDefault(record.Id) ?? [];
            if (record.Key is { } key && byKey.GetValueOrDefault(key) is { } same && same != group) group = Merge(group, same, byId, byKey);
            group.Add(record);
            byId[record.Id] = group;
            if (record.Key is { } own) byKey[own] = group;
        }
        var groups = byId.Values.Distinct().ToList();
        // A stable order by the state's own time: of two at the same instant the one that came first counts.
        foreach (var group in groups)
        {
            var ordered = group.OrderBy(static record => record.State.Timestamp).ThenBy(static record => record.State.Id).ToList();
            group.Clear();
            group.AddRange(ordered);
        }
        groups.Sort(static (one, other) => one[^1].Id.CompareTo(other[^1].Id));
        return groups;
    }

    private static List<TaskRunRecord> Merge(
        List<TaskRunRecord> one, List<TaskRunRecord> other,
        Dictionary<Guid, List<TaskRunRecord>> byId, Dictionary<TaskRunKey, List<TaskRunRecord>> byKey)
    {
        other.AddRange(one);
        foreach (var record in one)
        {
            byId[record.Id] = other;
            if (record.Key is { } key) byKey[key] = other;
        }
        return other;
    }
}
