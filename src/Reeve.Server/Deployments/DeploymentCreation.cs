using Reeve.Contract.Deployments;
using Reeve.Core;
using Reeve.Core.JsonSchema;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Server.Http;

namespace Reeve.Server.Deployments;

/// <summary><c>POST /deployments/</c>: inserts a deployment, or changes the one that has the flow and name already.</summary>
internal sealed class DeploymentCreation(Db db, DeploymentStore store, QueueResolver queues, JobVariableCheck jobVariables)
{
    private const string AgentPool = "default-agent-pool";

    public async Task<(DeploymentResponse Deployment, bool Created)> CreateAsync(DeploymentCreate body, DateTimeOffset now, CancellationToken cancel)
    {
        try
        {
            return await Db.DecideAsync(() => DecideAsync(body, now, cancel));
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.ForeignKeyViolation)
        {
            // What it refers to went meanwhile: these say what.
            await PoolAsync(body, cancel);
            await LookAsync(body, cancel);
            throw;
        }
    }

    private async Task<(DeploymentResponse Deployment, bool Created)> DecideAsync(DeploymentCreate body, DateTimeOffset now, CancellationToken cancel)
    {
        var pool = await PoolAsync(body, cancel);
        var seen = await LookAsync(body, cancel);
        var id = Guid.NewGuid();
        var batch = new SqlBatch();
        // What is told depends on whether it was there and what it was.
        if (seen.Stored is { } known)
        {
            batch.Require($"exists (select 1 from (select d.id from deployment d where d.id = {known.Id} and d.updated = {known.Wire.Updated} for update) held)");
        }
        var columns = Columns(body, seen.FlowLabels);
        var queue = await QueueAsync(batch, body, pool, now, cancel);
        if (queue is not null) columns.Id("work_queue_id", queue.Id, queue.LikelyId);

        Upsert(batch, id, body, columns, now);
        if (seen.Stored is null) batch.Require($"exists (select 1 from deployment where id = {id})");
        Sql self = $"(select id from deployment where flow_id = {body.FlowId} and name = {body.Name})";
        ScheduledRuns.Remove(batch, $"= {self}", autoOnly: true, after: now);
        batch.Execute($"delete from deployment_schedule where deployment_id = {self}");
        DeploymentScheduleStore.Add(batch, self, body.Schedules, keepMaxRuns: false, now);
        if (body.ConcurrencyLimit.HasValue) DeploymentLimits.Set(batch, self, body.ConcurrencyLimit.Value, now);
        Tell(batch, id, body, columns, seen, queue, now);
        var stored = store.Find(batch, $"d.flow_id = {body.FlowId} and d.name = {body.Name}");
        batch.Signal(DbTopics.Deployments);
        await db.WriteAsync(batch, cancel);
        var deployment = stored() ?? throw ApiException.Detail(404, "Deployment not found");
        return (deployment.Wire, deployment.Id == id);
    }

    private async Task<PoolPlace?> PoolAsync(DeploymentCreate body, CancellationToken cancel)
    {
        if (body.WorkPoolName.Or(null) is not { Length: > 0 } name) return null;
        var pool = await queues.FindPoolAsync(name, cancel);
        if (pool is null) throw ApiException.Detail(404, $"Work pool \"{name}\" not found.");
        var variables = body.JobVariables.Or(RawJson.EmptyObject);
        if (name == AgentPool || ParameterCheck.Map(variables).Count == 0) return pool;
        var problem = await jobVariables.ProblemAsync(pool.Template, ignoreRequired: true, ignoreInvalidDefaults: true, [variables], cancel);
        return problem is null ? pool : throw ApiException.Detail(422, $"Error creating deployment: {problem}");
    }

    /// <summary>What the request refers to, and what it is about to change, in one round trip.</summary>
    private async Task<(DeploymentRecord? Stored, string FlowName, RawJson FlowLabels)> LookAsync(DeploymentCreate body, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var stored = store.Find(batch, $"d.flow_id = {body.FlowId} and d.name = {body.Name}");
        var flow = batch.One($"select name, labels from flow where id = {body.FlowId}", static row => (Name: row.GetString(0), Labels: row.GetJsonOrNull(1)));
        var limit = Exists(batch, "concurrency_limit_v2", body.GlobalConcurrencyLimitId.Or(null));
        var infrastructure = Exists(batch, "block_document", body.InfrastructureDocumentId.Or(null));
        var storage = Exists(batch, "block_document", body.StorageDocumentId.Or(null));
        await db.ReadAsync(batch, cancel);
        if (limit is { Value: false }) throw ApiException.Detail(404, "Concurrency limit not found");
        if (infrastructure is { Value: false }) throw MissingBlock("infrastructure", body.InfrastructureDocumentId.Value);
        if (storage is { Value: false }) throw MissingBlock("storage", body.StorageDocumentId.Value);
        return (stored(), flow.Value.Name ?? "", flow.Value.Labels ?? RawJson.EmptyObject);
    }

    private static DbResult<bool>? Exists(SqlBatch batch, string table, Guid? id) =>
        id is null ? null : batch.One($"select exists (select 1 from {new SqlText(table)} where id = {id})", static row => row.GetBoolean(0));

    private static ApiException MissingBlock(string what, Guid? id) => ApiException.Detail(409,
        $"Error creating deployment. Could not find {what} block with id: {id}. This usually occurs when applying a deployment specification that was built against a different Prefect database / workspace.");

    private async Task<QueuePlace?> QueueAsync(SqlBatch batch, DeploymentCreate body, PoolPlace? pool, DateTimeOffset now, CancellationToken cancel)
    {
        var name = body.WorkQueueName.Or(null) is { Length: > 0 } given ? given : null;
        if (pool is not null) return name is null ? QueueResolver.Default(pool) : await queues.InPoolAsync(batch, pool, name, now, cancel);
        return name is null ? null : await queues.AloneAsync(batch, name, now, cancel);
    }

    private static DeploymentColumns Columns(DeploymentCreate body, RawJson flowLabels)
    {
        var columns = new DeploymentColumns();
        columns.Text("version", body.Version);
        columns.Text("description", body.Description);
        columns.Text("path", body.Path);
        columns.Text("entrypoint", body.Entrypoint);
        columns.Text("work_queue_name", body.WorkQueueName);
        columns.Id("storage_document_id", body.StorageDocumentId);
        columns.Id("infrastructure_document_id", body.InfrastructureDocumentId);
        columns.Id("concurrency_limit_id", body.GlobalConcurrencyLimitId);
        if (body.Paused.HasValue) columns.Flag("paused", body.Paused.Value);
        if (body.EnforceParameterSchema.HasValue) columns.Flag("enforce_parameter_schema", body.EnforceParameterSchema.Value);
        if (body.ParameterOpenapiSchema.HasValue) columns.Json("parameter_openapi_schema", DeploymentColumns.Schema(body.ParameterOpenapiSchema.Value));
        if (body.Tags.HasValue) columns.Json("tags", JsonText.Of(body.Tags.Value));
        if (body.PullSteps.HasValue) columns.Json("pull_steps", DeploymentColumns.Steps(body.PullSteps.Value));
        if (body.ConcurrencyOptions.HasValue) columns.Json("concurrency_options", DeploymentColumns.Options(body.ConcurrencyOptions.Value));
        var variables = body.JobVariables.Or(RawJson.EmptyObject);
        if (ParameterCheck.Map(variables).Count > 0) columns.Json("infra_overrides", variables);
        // Parameters and labels are set whether they were sent or not.
        columns.Json("parameters", body.Parameters.Or(RawJson.EmptyObject).OrEmptyObject());
        var labels = ParameterCheck.Map(flowLabels);
        labels["prefect.flow.id"] = body.FlowId.ToString();
        foreach (var (name, value) in ParameterCheck.Map(body.Labels.Or(RawJson.EmptyObject))) labels[name] = value;
        columns.Json("labels", new RawJson(JsonTree.ToUtf8(labels)));
        return columns;
    }

    private static void Upsert(SqlBatch batch, Guid id, DeploymentCreate body, DeploymentColumns columns, DateTimeOffset now)
    {
        List<Sql> names = [$"id", $"created", $"updated", $"flow_id", $"name", $"status", .. columns.Names];
        List<Sql> values = [$"{id}", $"{now}", $"{now}", $"{body.FlowId}", $"{body.Name}", $"'NOT_READY'", .. columns.Values];
        Default("enforce_parameter_schema", $"true");
        Default("paused", $"false");
        Default("tags", $"'[]'");
        Default("pull_steps", $"'[]'");
        Default("parameter_openapi_schema", $"{RawJson.EmptyObject}");
        Default("infra_overrides", $"{RawJson.EmptyObject}");
        List<Sql> set = [$"updated = {now}", .. columns.Excluded];
        batch.Execute(
            $"""
            insert into deployment ({Sql.Join(", ", names)}) values ({Sql.Join(", ", values)})
            on conflict (flow_id, name) do update set {Sql.Join(", ", set)}
            """);

        void Default(string name, Sql value)
        {
            if (columns.Has(name)) return;
            names.Add($"{new SqlText(name)}");
            values.Add(value);
        }
    }

    private static void Tell(
        SqlBatch batch, Guid id, DeploymentCreate body, DeploymentColumns columns,
        (DeploymentRecord? Stored, string FlowName, RawJson FlowLabels) seen, QueuePlace? queue, DateTimeOffset now)
    {
        var around = (seen.Stored?.Surroundings ?? new DeploymentSurroundings(body.FlowId, seen.FlowName)) with
        {
            StorageDocumentId = body.StorageDocumentId.Or(seen.Stored?.Wire.StorageDocumentId),
            InfrastructureDocumentId = body.InfrastructureDocumentId.Or(seen.Stored?.Wire.InfrastructureDocumentId),
            ConcurrencyLimitId = body.GlobalConcurrencyLimitId.Or(seen.Stored?.ConcurrencyLimitId),
        };
        if (queue is not null) around = DeploymentChanges.In(around, queue);
        if (seen.Stored is not { } stored)
        {
            Outbox.Add(batch, DeploymentEvents.Created(id, body.Name, around, now));
            return;
        }
        var changes = columns.ChangesFrom(stored);
        if (changes.Count > 0) Outbox.Add(batch, DeploymentEvents.Updated(stored.Id, body.Name, around, changes, now));
    }
}
