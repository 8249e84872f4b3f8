using Reeve.Contract;
using Reeve.Contract.TaskRuns;
using Reeve.Data;
using Reeve.Server.FlowRuns;

namespace Reeve.Server.TaskRuns;

/// <summary>A task run filter as conditions on a row of <c>task_run</c>.</summary>
internal static class TaskRunPredicate
{
    public static Predicate Where(TaskRunFilter? filter, string run, Dialect dialect)
    {
        var where = new Predicate(filter?.Operator == Operator.Or);
        if (filter is null) return where;
        if (filter.Id is { } id) where.Add(new Predicate().Any($"{run}.id", id.Any));
        if (filter.Name is { } name) where.Add(new Predicate().Any($"{run}.name", name.Any).Like($"{run}.name", name.Like));
        if (filter.Tags is { } tags)
        {
            where.Add(new Predicate(tags.Operator == Operator.Or)
                .HasAll(dialect, $"{run}.tags", tags.All)
                .IsEmptyArray(dialect, $"{run}.tags", tags.IsNull));
        }
        if (filter.State is { } state)
        {
            where.Add(new Predicate(state.Operator == Operator.Or)
                .AnyEnum($"{run}.state_type", FlowRunPredicate.WireNames(state.Type?.Any))
                .Any($"{run}.state_name", state.Name?.Any));
        }
        Times(where, filter, run);
        if (filter.SubflowRuns is { } subflows) where.Add(Subflows(subflows, run));
        if (filter.FlowRunId is { } flowRun) where.Add(FlowRun(flowRun, run));
        return where;
    }

    private static void Times(Predicate where, TaskRunFilter filter, string run)
    {
        if (filter.StartTime is { } start)
        {
            where.Add(new Predicate()
                .Before($"{run}.start_time", start.Before).After($"{run}.start_time", start.After).IsNull($"{run}.start_time", start.IsNull));
        }
        if (filter.EndTime is { } end)
        {
            where.Add(new Predicate()
                .Before($"{run}.end_time", end.Before).After($"{run}.end_time", end.After).IsNull($"{run}.end_time", end.IsNull));
        }
        if (filter.ExpectedStartTime is { } expected)
        {
            where.Add(new Predicate().Before($"{run}.expected_start_time", expected.Before).After($"{run}.expected_start_time", expected.After));
        }
    }

    private static Predicate Subflows(TaskRunFilterSubFlowRuns subflows, string run)
    {
        var where = new Predicate();
        if (subflows.Exists is not { } wanted) return where;
        // That it is not null goes without saying, but says how few there are: most runs are no subflows.
        Sql exists = $"exists (select 1 from flow_run tsr where tsr.parent_task_run_id = {new SqlText(run)}.id and tsr.parent_task_run_id is not null)";
        return where.Add(wanted ? exists : (Sql)$"not {exists}");
    }

    /// <summary>Asking for no flow run at all wins over asking for some.</summary>
    private static Predicate FlowRun(TaskRunFilterFlowRunId flowRun, string run) => flowRun switch
    {
        { IsNull: true } => new Predicate().IsNull($"{run}.flow_run_id", true),
        { IsNull: false, Any: null } => new Predicate().IsNull($"{run}.flow_run_id", false),
        _ => new Predicate().Any($"{run}.flow_run_id", flowRun.Any),
    };
}
