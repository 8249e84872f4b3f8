using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.TaskRuns;
using Reeve.Core;
using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.FlowRuns;
using Reeve.Server.Http;

namespace Reeve.Server.TaskRuns;

/// <summary>
/// Creates task runs with their first state: one round trip for what the run belongs to, one that writes the run and its
/// state and reads it back. A run with the same flow run, task and dynamic key is found instead.
/// </summary>
internal sealed class TaskRunCreation(Db db, TaskRunTransitions transitions)
{
    /// <summary>Creates the run, or finds the one with its key; whether it is new.</summary>
    /// <exception cref="ApiException">404: its first state needs a flow run that is gone.</exception>
    public async Task<(TaskRun Run, bool Created)> CreateAsync(TaskRunCreate body, CancellationToken cancel)
    {
        var context = transitions.Context();
        var proposed = TaskRunTransitions.ToState(body.State ?? new Contract.States.StateCreate { Type = StateType.Pending }, context);
        var policy = TaskRunOrchestration.PolicyFor(proposed, force: true);
        var (labels, facts) = await LoadAsync(body, proposed, policy, context.Now, cancel);
        var run = new TaskRunSnapshot
        {
            Id = body.Id ?? Guid.NewGuid(), FlowRunId = body.FlowRunId, Tags = body.Tags, EmpiricalPolicy = body.EmpiricalPolicy,
        };
        var decision = TaskRunOrchestration.Decide(run, proposed, policy, facts, context);
        if (decision.NotFound is { } missing) throw ApiException.Missing(missing);

        var writes = transitions.Batch(context);
        if (body.FlowRunId is null && db.Dialect == Dialect.Postgres) LockKey(writes.Batch, body);
        var inserted = Insert(writes.Batch, body, run.Id, labels, decision, context.Now);
        transitions.Add(writes, run, decision, context, insertedWithColumns: true);
        var stored = writes.Batch.One(
            $"select {TaskRunRow.WithState} from {TaskRunRow.From} where {HasKey(body, "r")} limit 1",
            row => TaskRunRow.ReadWithState(row, context.Now));
        if (decision.Enqueue is not null) writes.Batch.Signal(DbTopics.BackgroundTasks);
        await db.WriteAsync(writes.Batch, cancel);
        return (stored.Value ?? throw ApiException.Unavailable(), inserted.Value == 1);
    }

    private static Sql HasKey(TaskRunCreate body, string alias)
    {
        var run = new SqlText(alias);
        return $"{run}.flow_run_id is not distinct from {body.FlowRunId} and {run}.task_key = {body.TaskKey} and {run}.dynamic_key = {body.DynamicKey}";
    }

    /// <summary>The unique index holds no two runs apart that have no flow run: those who ask for one key wait for each other.</summary>
    private static void LockKey(SqlBatch batch, TaskRunCreate body) =>
        batch.One($"select pg_advisory_xact_lock(hashtextextended({body.TaskKey:text} || {body.DynamicKey:text}, 7301))::text", static row => row.GetString(0));

    private static DbResult<int> Insert(
        SqlBatch batch, TaskRunCreate body, Guid id, RawJson labels, TaskRunDecision decision, DateTimeOffset now)
    {
        var columns = decision.Columns;
        var name = string.IsNullOrEmpty(body.Name) ? FlowRunNames.Next() : body.Name;
        return batch.Execute(
            $"""
            insert into task_run (id, created, updated, name, flow_run_id, task_key, dynamic_key, cache_key, cache_expiration, task_version,
                empirical_policy, tags, labels, task_inputs, state_type, state_name, state_timestamp, run_count, flow_run_run_count,
                expected_start_time, next_scheduled_start_time, start_time, end_time, total_run_time)
            select {id:uuid}, {now:timestamptz}, {now:timestamptz}, {name:text}, {body.FlowRunId:uuid}, {body.TaskKey:text}, {body.DynamicKey:text},
                {body.CacheKey:text}, {body.CacheExpiration:timestamptz}, {body.TaskVersion:text}, {JsonText.Of(body.EmpiricalPolicy):jsonb},
                {JsonText.Of(body.Tags):jsonb}, {labels:jsonb}, {JsonText.Of(body.TaskInputs):jsonb}, {columns.StateType?.WireName():state_type},
                {columns.StateName:text}, {columns.StateTimestamp:timestamptz}, {columns.RunCount:int}, {decision.FlowRunRunCount ?? 0:int},
                {columns.ExpectedStartTime:timestamptz}, {columns.NextScheduledStartTime:timestamptz}, {columns.StartTime:timestamptz},
                {columns.EndTime:timestamptz}, {columns.TotalRunTime:interval}
            where not exists (select 1 from task_run k where {HasKey(body, "k")})
            on conflict (flow_run_id, task_key, dynamic_key) do nothing
            """);
    }

    private async Task<(RawJson Labels, TaskRunFacts Facts)> LoadAsync(
        TaskRunCreate body, State proposed, TaskRunPolicyKind policy, DateTimeOffset now, CancellationToken cancel)
    {
        // A run that does not exist yet holds no slots, and its first state never asks for one.
        var facts = new TaskRunFacts { Loaded = FactNeeds.FlowRun | FactNeeds.CachedState | FactNeeds.HeldTagSlots | FactNeeds.TagLimits };
        var needs = TaskRunOrchestration.PossibleNeeds(proposed, policy);
        var batch = new SqlBatch();
        var labels = body.FlowRunId is { } id ? batch.One($"select labels from flow_run where id = {id}", static row => row.GetJson(0)) : null;
        var flowRun = body.FlowRunId is { } of && needs.HasFlag(FactNeeds.FlowRun) ? TaskRunFactReader.AddFlowRun(batch, $"{of}") : null;
        var cached = needs.HasFlag(FactNeeds.CachedState) ? TaskRunFactReader.AddCachedState(batch, proposed.StateDetails.CacheKey!, now) : null;
        if (!batch.IsEmpty) await db.ReadAsync(batch, cancel);
        return (Labels(body, labels?.Value ?? default), facts with { FlowRun = flowRun?.Value, CachedState = cached?.Value });
    }

    /// <summary>Labels of the flow run, then its id, then the caller's; later ones win.</summary>
    private static RawJson Labels(TaskRunCreate body, RawJson inherited)
    {
        var labels = Map(inherited);
        if (body.FlowRunId is { } id) labels["prefect.flow-run.id"] = RawJson.FromTrusted($"\"{id}\"");
        foreach (var (key, value) in Map(body.Labels)) labels[key] = value;
        return JsonText.Of(labels);
    }

    private static Dictionary<string, RawJson> Map(RawJson json) => json.IsNull
        ? []
        : JsonSerializer.Deserialize(json.Utf8.Span, ReeveJson.TypeInfo<Dictionary<string, RawJson>>()) ?? [];
}
