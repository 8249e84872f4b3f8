using Reeve.Contract;
using Reeve.Contract.WorkPools;
using Reeve.Data;

namespace Reeve.Server.WorkPools.Workers;

/// <summary>A worker filter as conditions on a row of <c>worker</c>.</summary>
internal static class WorkerPredicate
{
    public static Predicate Where(WorkerFilter? filter, string worker)
    {
        var where = new Predicate(filter?.Operator == Operator.Or);
        if (filter?.LastHeartbeatTime is { } seen)
        {
            where.Add(new Predicate().Before($"{worker}.last_heartbeat_time", seen.Before).After($"{worker}.last_heartbeat_time", seen.After));
        }
        if (filter?.Status is { } status)
        {
            where.Add(new Predicate()
                .AnyEnum($"{worker}.status", Stored(status.Any))
                .NotAnyEnum($"{worker}.status", Stored(status.NotAny)));
        }
        return where;
    }

    private static List<string>? Stored(List<WorkerStatus>? statuses) => statuses?.ConvertAll(static status => status.Stored());
}
