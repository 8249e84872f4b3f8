using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.FlowRuns;
using Reeve.Core;
using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Http;
using Reeve.Server.Orchestration;

namespace Reeve.Server.FlowRuns;

/// <summary>
/// Creates flow runs with their first state: one round trip for what the run belongs to, one that writes the run, its
/// state and the event, and reads it back.
/// </summary>
internal sealed class FlowRunCreation(Db db, FlowRunTransitions transitions)
{
    /// <summary>Creates the run, or finds the one that has the idempotency key already; whether it is new.</summary>
    public Task<(FlowRunResponse Run, bool Created)> CreateAsync(NewFlowRun run, TransitionCaller caller, CancellationToken cancel) =>
        Db.DecideAsync(() => DecideAsync(run, caller, cancel));

    private async Task<(FlowRunResponse Run, bool Created)> DecideAsync(NewFlowRun run, TransitionCaller caller, CancellationToken cancel)
    {
        var id = Guid.NewGuid();
        var name = string.IsNullOrEmpty(run.Name) ? FlowRunNames.Next() : run.Name;
        var (related, labels, facts) = await LoadAsync(run, cancel);
        var context = transitions.Context(caller);
        var snapshot = new FlowRunSnapshot
        {
            Id = id,
            Name = name,
            DeploymentId = run.DeploymentId,
            ParentTaskRunId = run.ParentTaskRunId,
            EmpiricalPolicy = run.EmpiricalPolicy,
        };
        var decision = FlowRunOrchestration.Decide(snapshot, run.State.ToState(context), FlowRunPolicyKind.Minimal, facts, context);
        var writes = new TransitionBatch(db.Dialect, transitions.Settings, context.Now);
        Insert(writes.Batch, run, id, name, labels, decision, context.Now);
        transitions.Add(writes, snapshot, decision, related, facts, insertedWithColumns: true);
        // A subflow's first state moves its task run along. Where that has moved meanwhile, neither is written, and no run is left without a state.
        if (decision.ParentTask is not null) writes.Batch.Require($"{writes.Stored} or not exists (select 1 from flow_run where id = {id})");
        Sql which = string.IsNullOrEmpty(run.IdempotencyKey)
            ? (Sql)$"r.id = {id}"
            : (Sql)$"r.flow_id = {run.FlowId} and r.idempotency_key = {run.IdempotencyKey}";
        var stored = writes.Batch.One(
            $"select {FlowRunRow.ResponseColumns} from {FlowRunRow.Tables} where {which}", row => FlowRunRow.ReadResponse(row, context.Now));
        await db.WriteAsync(writes.Batch, cancel);
        return (stored.Value ?? throw ApiException.Unavailable(), writes.Won);
    }

    private static void Insert(
        SqlBatch batch, NewFlowRun run, Guid id, string name, RawJson labels, FlowRunDecision decision, DateTimeOffset now)
    {
        var columns = decision.Columns;
        var conflict = new SqlText(string.IsNullOrEmpty(run.IdempotencyKey) ? "" : "on conflict (flow_id, idempotency_key) do nothing");
        batch.Execute(
            $"""
            insert into flow_run (id, created, updated, name, state_type, state_name, state_timestamp, run_count, expected_start_time,
                next_scheduled_start_time, start_time, end_time, total_run_time, flow_version, parameters, idempotency_key, context,
                empirical_policy, tags, labels, auto_scheduled, flow_id, deployment_id, deployment_version, parent_task_run_id,
                infrastructure_document_id, work_queue_id, work_queue_name, created_by, job_variables)
            values ({id}, {now}, {now}, {name}, {columns.StateType?.WireName()}, {columns.StateName}, {columns.StateTimestamp}, {columns.RunCount},
                {columns.ExpectedStartTime}, {columns.NextScheduledStartTime}, {columns.StartTime}, {columns.EndTime}, {columns.TotalRunTime},
                {run.FlowVersion}, {run.Parameters.OrEmptyObject()}, {run.IdempotencyKey}, {run.Context.OrEmptyObject()},
                {JsonText.Of(decision.EmpiricalPolicy ?? run.EmpiricalPolicy)}, {JsonText.Of(run.Tags)}, {labels}, {run.AutoScheduled},
                {run.FlowId}, {run.DeploymentId}, {run.DeploymentVersion}, {run.ParentTaskRunId}, {run.InfrastructureDocumentId},
                {run.WorkQueueId}, {run.WorkQueueName}, {(run.CreatedBy is null ? (RawJson?)null : JsonText.Of(run.CreatedBy))},
                {(run.JobVariables.IsNull ? null : (RawJson?)run.JobVariables)})
            {conflict}
            """);
    }

    private async Task<(FlowRunRelated Related, RawJson Labels, FlowRunFacts Facts)> LoadAsync(NewFlowRun run, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var flow = batch.One($"select name, tags, labels from flow where id = {run.FlowId}", ReadNamed);
        var deployment = run.DeploymentId is { } deploymentId
            ? batch.One($"select name, tags, labels from deployment where id = {deploymentId}", ReadNamed)
            : null;
        var queue = run.WorkQueueId is { } queueId
            ? batch.One(
                $"select q.name, p.id, p.name, p.type from work_queue q left join work_pool p on p.id = q.work_pool_id where q.id = {queueId}",
                static row => (Name: row.GetString(0), PoolId: row.GetGuidOrNull(1), Pool: row.GetStringOrNull(2), Type: row.GetStringOrNull(3)))
            : null;
        var parent = run.ParentTaskRunId is { } parentId
            ? batch.One($"select name, tags, labels from task_run where id = {parentId}", ReadNamed)
            : null;
        var task = run.ParentTaskRunId is { } taskId ? new TaskRunLoader(db.Dialect).Add(batch, $"r.id = {taskId}") : null;
        var taken = run.ParentTaskRunId is { } of ? TaskRunLoader.AddTimestamps(batch, $"{of}") : null;
        await db.ReadAsync(batch, cancel);
        var related = new FlowRunRelated
        {
            Flow = flow.Value is { } f ? (run.FlowId, f.Name) : null,
            Deployment = deployment?.Value is { } d ? (run.DeploymentId!.Value, d.Name) : null,
            WorkQueue = queue?.Value is { Name: not null } q ? (run.WorkQueueId!.Value, q.Name) : null,
            WorkPool = queue?.Value is { PoolId: { } pool } p ? (pool, p.Pool!, p.Type!) : null,
            ParentTask = parent?.Value is { } t ? (run.ParentTaskRunId!.Value, t.Name) : null,
            Tags = [.. run.Tags, .. flow.Value?.Tags ?? [], .. deployment?.Value?.Tags ?? [], .. parent?.Value?.Tags ?? []],
            CreatedBy = run.CreatedBy,
        };
        var facts = new FlowRunFacts
        {
            Loaded = FactNeeds.ParentTask | FactNeeds.Deployment | FactNeeds.Lease,
            ParentTask = task?.Invoke().FirstOrDefault() is { } moves ? moves with { Facts = moves.Facts with { TakenTimestamps = taken!.Value } } : null,
        };
        return (related, Labels(run, deployment?.Value is { } from ? from.Labels : flow.Value?.Labels ?? default, deployment?.Value is not null), facts);
    }

    /// <summary>Labels of the deployment or else the flow, then those of the system, then the caller's; later ones win.</summary>
    private static RawJson Labels(NewFlowRun run, RawJson inherited, bool ofDeployment)
    {
        var labels = Map(inherited);
        labels["prefect.flow.id"] = Text(run.FlowId);
        if (ofDeployment) labels["prefect.deployment.id"] = Text(run.DeploymentId!.Value);
        foreach (var (key, value) in Map(run.Labels)) labels[key] = value;
        return JsonText.Of(labels);
    }

    private static RawJson Text(Guid id) => RawJson.FromTrusted($"\"{id}\"");

    private static Dictionary<string, RawJson> Map(RawJson json) => json.IsNull
        ? []
        : JsonSerializer.Deserialize(json.Utf8.Span, ReeveJson.TypeInfo<Dictionary<string, RawJson>>()) ?? [];

    private static Named ReadNamed(DbRow row) => new(
        row.GetString(0),
        JsonSerializer.Deserialize(row.GetJson(1).Utf8.Span, ReeveJson.TypeInfo<List<string>>()) ?? [],
        row.IsNull(2) ? default : row.GetJson(2));

    private sealed record Named(string Name, List<string> Tags, RawJson Labels);
}
