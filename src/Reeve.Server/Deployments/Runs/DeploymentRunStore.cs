using Reeve.Contract.FlowRuns;
using Reeve.Core;
using Reeve.Core.JsonSchema;
using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Deployments.Scheduling;
using Reeve.Server.Events;
using Reeve.Server.FlowRuns;
using Reeve.Server.Http;
using Reeve.Server.Orchestration;

namespace Reeve.Server.Deployments.Runs;

/// <summary>Makes and reads runs of deployments.</summary>
internal sealed class DeploymentRunStore(Db db, QueueResolver queues, FlowRunTransitions transitions)
{
    /// <summary>Makes a run, or finds the one that has the idempotency key already; whether it is new.</summary>
    /// <exception cref="DeploymentRunRefusal">404: the deployment was deleted since it was read.</exception>
    public Task<(FlowRunResponse Run, bool Created)> CreateAsync(DeploymentRunDraft draft, DateTimeOffset now, CancellationToken cancel) =>
        Db.DecideAsync(() => DecideAsync(draft, now, cancel));

    private async Task<(FlowRunResponse Run, bool Created)> DecideAsync(DeploymentRunDraft draft, DateTimeOffset now, CancellationToken cancel)
    {
        var (deployment, asked) = (draft.Deployment, draft.Asked);
        var id = Guid.NewGuid();
        var name = string.IsNullOrEmpty(asked.Name) ? RunNames.Next() : asked.Name;
        var context = new TransitionContext { Now = now };
        var state = asked.State is { } given
            ? StateProposal.Create(given.Type, context, given.Name, given.Message, given.Data.IsNull ? null : given.Data, given.StateDetails)
            : StateProposal.Create(StateType.Scheduled, context);
        var run = new FlowRunSnapshot
        {
            Id = id, Name = name, DeploymentId = deployment.Id, ParentTaskRunId = asked.ParentTaskRunId, EmpiricalPolicy = asked.EmpiricalPolicy,
        };
        // A new run stands in no state, so no rule asks for anything outside it but the task run that it moves along.
        var facts = new FlowRunFacts { Loaded = (FactNeeds)~0, ParentTask = await ParentAsync(asked.ParentTaskRunId, cancel) };
        var decision = FlowRunOrchestration.Decide(run, state, FlowRunPolicyKind.Minimal, facts, context);

        var writes = new TransitionBatch(db.Dialect, transitions.Settings, now);
        var batch = writes.Batch;
        // Whoever deletes the deployment takes its waiting runs back: none must come after.
        batch.Require($"exists (select 1 from (select d.id from deployment d where d.id = {deployment.Id} {new SqlText(db.IsSqlite ? "" : "for key share")}) held)");
        var queue = await QueueAsync(batch, draft, now, cancel);
        var set = decision.Columns;
        var conflict = new SqlText(string.IsNullOrEmpty(asked.IdempotencyKey) ? "" : "on conflict (flow_id, idempotency_key) do nothing");
        // Null that was asked for is kept for a run with a key, as in Prefect.
        RawJson? jobVariables = string.IsNullOrEmpty(asked.IdempotencyKey) || !asked.JobVariables.IsNull ? asked.JobVariables.OrEmptyObject() : null;
        batch.Execute(
            $"""
            insert into flow_run (id, created, updated, name, state_type, state_name, state_timestamp, run_count, expected_start_time,
                next_scheduled_start_time, start_time, end_time, total_run_time, parameters, idempotency_key, context, empirical_policy, tags,
                auto_scheduled, flow_id, deployment_id, deployment_version, parent_task_run_id, infrastructure_document_id, work_queue_name,
                work_queue_id, created_by, job_variables, labels)
            values ({id}, {now}, {now}, {name}, {set.StateType?.WireName()}, {set.StateName}, {set.StateTimestamp}, {set.RunCount},
                {set.ExpectedStartTime}, {set.NextScheduledStartTime}, {set.StartTime}, {set.EndTime}, {set.TotalRunTime},
                {new RawJson(JsonTree.ToUtf8(draft.Parameters))}, {asked.IdempotencyKey}, {asked.Context.OrEmptyObject()},
                {JsonText.Of(decision.EmpiricalPolicy ?? asked.EmpiricalPolicy)}, {JsonText.Of(draft.Tags)}, false, {deployment.Wire.FlowId}, {deployment.Id},
                {deployment.Wire.Version}, {asked.ParentTaskRunId}, {asked.InfrastructureDocumentId ?? deployment.Wire.InfrastructureDocumentId},
                {queue?.Name ?? deployment.StoredQueueName}, {queue?.Id ?? $"(select d.work_queue_id from deployment d where d.id = {deployment.Id})"},
                {(draft.CreatedBy is null ? null : (RawJson?)JsonText.Of(draft.CreatedBy))}, {jobVariables}, {draft.Labels})
            {conflict}
            """);
        writes.Add(new RunWrite(RunTable.FlowRuns, id, null, decision));
        if (decision.ParentTask is { } parent) writes.Add(new RunWrite(RunTable.TaskRuns, parent.TaskRunId, facts.ParentTask!.Run.State?.Id, parent));
        writes.Write(insertedWithColumns: true);
        if (decision.ParentTask is not null) batch.Require($"{writes.Stored} or not exists (select 1 from flow_run where id = {id})");
        if (decision.Event is { } change) Outbox.AddIf(batch, DeploymentRunEvents.Started(change, draft, queue), writes.Stored);
        Sql where = string.IsNullOrEmpty(asked.IdempotencyKey)
            ? (Sql)$"r.id = {id}"
            : (Sql)$"r.flow_id = {deployment.Wire.FlowId} and r.idempotency_key = {asked.IdempotencyKey}";
        var stored = batch.One($"select {FlowRunRow.ResponseColumns} from {FlowRunRow.Tables} where {where}", row => FlowRunRow.ReadResponse(row, now));
        batch.SignalHere(DbTopics.FlowRuns);
        try
        {
            await db.WriteAsync(batch, cancel);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.Overtaken)
        {
            var isThere = await db.OneAsync($"select exists (select 1 from deployment where id = {deployment.Id})", static row => row.GetBoolean(0), cancel);
            if (!isThere) throw new DeploymentRunRefusal(404, "Deployment not found", "Deployment not found");
            throw;
        }
        return stored.Value is { } made ? (made, made.Id == id) : throw ApiException.Unavailable();
    }

    /// <summary>Runs that wait for their time, the next first.</summary>
    public Task<List<FlowRunResponse>> ScheduledAsync(
        IReadOnlyCollection<Guid> deployments, DateTimeOffset? before, int limit, DateTimeOffset now, CancellationToken cancel)
    {
        Sql due = before is { } instant ? (Sql)$"and r.next_scheduled_start_time <= {instant}" : (Sql)$"";
        return db.ListAsync(
            $"""
            select {FlowRunRow.ResponseColumns} from {FlowRunRow.Tables}
            where r.deployment_id = any({deployments}) and r.state_type = 'SCHEDULED' {due}
            order by r.next_scheduled_start_time, r.id limit {limit}
            """,
            row => FlowRunRow.ReadResponse(row, now), cancel);
    }

    private async Task<QueuePlace?> QueueAsync(SqlBatch batch, DeploymentRunDraft draft, DateTimeOffset now, CancellationToken cancel)
    {
        if (draft.Asked.WorkQueueName is not { Length: > 0 } name) return null;
        var deployment = draft.Deployment;
        var pool = new PoolPlace(
            deployment.WorkPoolId!.Value, deployment.Wire.WorkPoolName!, deployment.WorkPoolType!, null, null, deployment.BaseJobTemplate ?? RawJson.EmptyObject);
        return await queues.InPoolAsync(batch, pool, name, now, cancel);
    }

    /// <summary>The task run that stands for the run in the flow that asks for it, as it is now.</summary>
    private async Task<TaskRunWithFacts?> ParentAsync(Guid? id, CancellationToken cancel)
    {
        if (id is not { } parent) return null;
        var batch = new SqlBatch();
        var found = new TaskRunLoader(db.Dialect).Add(batch, $"r.id = {parent}");
        var taken = TaskRunLoader.AddTimestamps(batch, $"{parent}");
        await db.ReadAsync(batch, cancel);
        return found().FirstOrDefault() is { } task ? task with { Facts = task.Facts with { TakenTimestamps = taken.Value } } : null;
    }
}
