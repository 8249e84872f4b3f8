using Reeve.Contract;
using Reeve.Contract.FlowRuns;
using Reeve.Core.Orchestration;
using Reeve.Data;

namespace Reeve.Server.FlowRuns;

/// <summary>A flow run filter as conditions on a row of <c>flow_run</c>.</summary>
internal static class FlowRunPredicate
{
    public static Predicate Where(FlowRunFilter? filter, string run, Dialect dialect)
    {
        var where = new Predicate(filter?.Operator == Operator.Or);
        if (filter is null) return where;
        if (filter.Id is { } id) where.Add(new Predicate().Any($"{run}.id", id.Any).NotAny($"{run}.id", id.NotAny));
        if (filter.Name is { } name) where.Add(new Predicate().Any($"{run}.name", name.Any).Like($"{run}.name", name.Like));
        if (filter.Tags is { } tags) where.Add(Tags(tags, run, dialect));
        if (filter.DeploymentId is { } deployment)
        {
            where.Add(Of(deployment.Operator).Any($"{run}.deployment_id", deployment.Any).IsNull($"{run}.deployment_id", deployment.IsNull));
        }
        if (filter.WorkQueueName is { } queue)
        {
            where.Add(Of(queue.Operator).Any($"{run}.work_queue_name", queue.Any).IsNull($"{run}.work_queue_name", queue.IsNull));
        }
        if (filter.FlowVersion is { } version) where.Add(new Predicate().Any($"{run}.flow_version", version.Any));
        if (filter.State is { } state) where.Add(State(state, run));
        Times(where, filter, run);
        if (filter.ParentFlowRunId is { } above)
        {
            where.Add(above.Any is { } parents ? new Predicate().Add(ChildOf(parents, run)) : new Predicate());
        }
        if (filter.ParentTaskRunId is { } parent)
        {
            where.Add(Of(parent.Operator).Any($"{run}.parent_task_run_id", parent.Any).IsNull($"{run}.parent_task_run_id", parent.IsNull));
        }
        if (filter.IdempotencyKey is { } key)
        {
            where.Add(new Predicate().Any($"{run}.idempotency_key", key.Any).NotAny($"{run}.idempotency_key", key.NotAny));
        }
        if (filter.CreatedBy is { } creator) where.Add(CreatedBy(creator, run));
        return where;
    }

    /// <summary>Whether a filter lets every run through.</summary>
    public static bool IsEmpty(FlowRunFilter filter) => filter.Id is null && AsksNothingButIds(filter);

    /// <summary>The ids a filter asks for, if it asks for nothing else.</summary>
    public static List<Guid>? OnlyIds(FlowRunFilter filter) =>
        filter.Id is { Any: { } ids, NotAny: null or { Count: 0 } } && AsksNothingButIds(filter) ? ids : null;

    private static bool AsksNothingButIds(FlowRunFilter filter) => filter is
    {
        Name: null, Tags: null, DeploymentId: null, WorkQueueName: null, State: null, FlowVersion: null, StartTime: null, EndTime: null,
        ExpectedStartTime: null, NextScheduledStartTime: null, ParentFlowRunId: null, ParentTaskRunId: null, IdempotencyKey: null, CreatedBy: null,
    };

    /// <summary>The wire names of state types, as the database keeps them.</summary>
    public static List<string>? WireNames(List<StateType>? types) => types?.ConvertAll(static type => type.WireName());

    private static Predicate Of(Operator joined) => new(joined == Operator.Or);

    private static Predicate Tags(FlowRunFilterTags tags, string run, Dialect dialect) => Of(tags.Operator)
        .HasAll(dialect, $"{run}.tags", tags.All)
        .HasAny(dialect, $"{run}.tags", tags.Any)
        .IsEmptyArray(dialect, $"{run}.tags", tags.IsNull);

    private static Predicate State(FlowRunFilterState state, string run)
    {
        var where = Of(state.Operator);
        // A part that asks for nothing is left out, so that under "or" it does not let everything through.
        if (state.Type is { } type && (type.Any is not null || type.NotAny is { Count: > 0 }))
        {
            where.Add(new Predicate()
                .AnyEnum($"{run}.state_type", WireNames(type.Any))
                .NotAnyEnum($"{run}.state_type", WireNames(type.NotAny)));
        }
        if (state.Name is { } name && (name.Any is not null || name.NotAny is { Count: > 0 }))
        {
            where.Add(new Predicate().Any($"{run}.state_name", name.Any).NotAny($"{run}.state_name", name.NotAny));
        }
        return where;
    }

    private static void Times(Predicate where, FlowRunFilter filter, string run)
    {
        if (filter.StartTime is { } start)
        {
            // A run that has not started counts by when it is expected to; only is_null_ asks for the start itself.
            var startOrExpected = $"coalesce({run}.start_time, {run}.expected_start_time)";
            where.Add(new Predicate()
                .Before(startOrExpected, start.Before)
                .After(startOrExpected, start.After)
                .IsNull($"{run}.start_time", start.IsNull));
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
        if (filter.NextScheduledStartTime is { } next)
        {
            where.Add(new Predicate()
                .Before($"{run}.next_scheduled_start_time", next.Before).After($"{run}.next_scheduled_start_time", next.After));
        }
    }

    private static Sql ChildOf(List<Guid> parents, string run) =>
        $"exists (select 1 from task_run cpt where cpt.id = {new SqlText(run)}.parent_task_run_id and cpt.flow_run_id = any({parents}))";

    private static Predicate CreatedBy(FlowRunFilterCreatedBy creator, string run) => Of(creator.Operator)
        .Any($"({run}.created_by ->> 'id')", creator.Id?.ConvertAll(static id => id.ToString()))
        .Any($"({run}.created_by ->> 'type')", creator.Type)
        .IsNull($"{run}.created_by", creator.IsNull);
}
