using Reeve.Contract.Deployments;
using Reeve.Core;
using Reeve.Core.JsonSchema;
using Reeve.Core.Python;
using Reeve.Data;
using Reeve.Server.Deployments.Runs;
using Reeve.Server.Events;
using Reeve.Server.Http;

namespace Reeve.Server.Deployments;

/// <summary><c>PATCH /deployments/{id}</c>.</summary>
internal sealed class DeploymentChanges(Db db, DeploymentStore store, QueueResolver queues, ParameterHydration hydration)
{
    /// <exception cref="ApiException">The deployment is not there, or the change does not fit.</exception>
    public async Task UpdateAsync(Guid id, DeploymentUpdate body, DateTimeOffset now, CancellationToken cancel)
    {
        try
        {
            await Db.DecideAsync(() => DecideAsync(id, body, now, cancel));
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.ForeignKeyViolation)
        {
            // What it is to refer to went meanwhile: these say what.
            await PoolAsync(body, cancel);
            await CheckLimitAsync(body, cancel);
            throw;
        }
    }

    private async Task DecideAsync(Guid id, DeploymentUpdate body, DateTimeOffset now, CancellationToken cancel)
    {
        var stored = await store.FindAsync(id, cancel) ?? throw ApiException.Detail(404, "Deployment not found.");
        var schedules = ScheduleChanges.Of(stored, body);
        var pool = await PoolAsync(body, cancel);
        var parameters = await ParametersAsync(stored, body, cancel);
        await CheckLimitAsync(body, cancel);

        var batch = new SqlBatch();
        DeploymentScheduleStore.RequireSame(batch, stored);
        var columns = Columns(body, parameters);
        var around = stored.Surroundings;
        var queue = await QueueAsync(batch, body, pool, now, cancel);
        if (queue is not null)
        {
            columns.Id("work_queue_id", queue.Id, queue.LikelyId);
            around = In(around, queue);
        }
        else if (body.WorkPoolName is { HasValue: true, Value: null })
        {
            columns.Id("work_queue_id", (Guid?)null);
            around = around with { QueueId = null, WorkPoolId = null };
        }
        List<Sql> set = [$"updated = {now}", .. columns.Assignments];
        batch.Execute($"update deployment set {Sql.Join(", ", set)} where id = {id}");
        ScheduledRuns.Remove(batch, $"= {id}", autoOnly: true, after: now);
        schedules.AddTo(batch, id, now);
        if (body.ConcurrencyLimit.HasValue) DeploymentLimits.Set(batch, $"{id}", body.ConcurrencyLimit.Value, now);
        Tell(batch, stored, body, columns, around, now);
        batch.Signal(DbTopics.Deployments);
        await db.WriteAsync(batch, cancel);
    }

    public static DeploymentSurroundings In(DeploymentSurroundings around, QueuePlace queue) => around with
    {
        QueueId = queue.LikelyId, QueueName = queue.Name,
        WorkPoolId = queue.Pool.Id, WorkPoolName = queue.Pool.Name, WorkPoolType = queue.Pool.Type,
    };

    private async Task<PoolPlace?> PoolAsync(DeploymentUpdate body, CancellationToken cancel)
    {
        if (body.WorkPoolName.Or(null) is not { Length: > 0 } name) return null;
        var pool = await queues.FindPoolAsync(name, cancel) ?? throw ApiException.Detail(404, $"Work pool \"{name}\" not found.");
        if (!body.JobVariables.HasValue || body.JobVariables.Value.IsNull) return pool;
        if (ParameterCheck.Map(pool.Template).GetValueOrDefault("variables") is not JsonMap schema) return pool;
        var errors = SchemaValidator.Validate(schema, ParameterCheck.Map(body.JobVariables.Value), new SchemaOptions(IgnoreRequired: true));
        return errors.Count == 0
            ? pool
            : throw ApiException.Detail(409, $"Error creating deployment: <ValidationError: {PythonText.Repr(errors[0].Message)}>");
    }

    private async Task CheckLimitAsync(DeploymentUpdate body, CancellationToken cancel)
    {
        if (body.GlobalConcurrencyLimitId.Or(null) is not { } limit) return;
        var isThere = await db.OneAsync($"select exists (select 1 from concurrency_limit_v2 where id = {limit})", static row => row.GetBoolean(0), cancel);
        if (!isThere) throw ApiException.Detail(404, "Concurrency limit not found");
    }

    /// <summary>The new parameters, hydrated and checked; null where none were sent.</summary>
    private async Task<JsonMap?> ParametersAsync(DeploymentRecord stored, DeploymentUpdate body, CancellationToken cancel)
    {
        JsonMap? parameters = null;
        if (body.Parameters.HasValue && !body.Parameters.Value.IsNull)
        {
            try
            {
                parameters = await hydration.HydrateAsync(ParameterCheck.Map(body.Parameters.Value), cancel);
            }
            catch (HydrationException error)
            {
                throw ApiException.Detail(400, $"Error hydrating deployment parameters: {error.Message}");
            }
        }
        if (!(body.EnforceParameterSchema.Or(null) ?? stored.Wire.EnforceParameterSchema)) return parameters;
        var schema = body.ParameterOpenapiSchema is { HasValue: true, Value.IsNull: false }
            ? DeploymentColumns.Schema(body.ParameterOpenapiSchema.Value)
            : stored.Wire.ParameterOpenapiSchema;
        if (!ParameterCheck.IsSchema(schema)) throw ApiException.Detail(409, DeploymentRunDraft.NoSchema);
        try
        {
            var problem = ParameterCheck.Problem(
                ParameterCheck.Map(schema), parameters ?? ParameterCheck.Map(stored.Wire.Parameters), new SchemaOptions(IgnoreRequired: true));
            return problem is null ? parameters : throw ApiException.Detail(409, $"Error updating deployment: {problem}");
        }
        catch (SchemaException)
        {
            throw ApiException.Detail(422, SchemaException.CircularMessage);
        }
    }

    private async Task<QueuePlace?> QueueAsync(SqlBatch batch, DeploymentUpdate body, PoolPlace? pool, DateTimeOffset now, CancellationToken cancel)
    {
        var name = body.WorkQueueName.Or(null) is { Length: > 0 } given ? given : null;
        if (pool is not null) return name is null ? QueueResolver.Default(pool) : await queues.InPoolAsync(batch, pool, name, now, cancel);
        return name is null || body.WorkPoolName.HasValue ? null : await queues.AloneAsync(batch, name, now, cancel);
    }

    private static DeploymentColumns Columns(DeploymentUpdate body, JsonMap? parameters)
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
        if (body.EnforceParameterSchema.Or(null) is { } enforce) columns.Flag("enforce_parameter_schema", enforce);
        if (body.ParameterOpenapiSchema.HasValue) columns.Json("parameter_openapi_schema", DeploymentColumns.Schema(body.ParameterOpenapiSchema.Value));
        if (body.Tags.HasValue) columns.Json("tags", JsonText.Of(body.Tags.Value));
        if (body.PullSteps.HasValue) columns.Json("pull_steps", DeploymentColumns.Steps(body.PullSteps.Value));
        if (body.ConcurrencyOptions.HasValue) columns.Json("concurrency_options", DeploymentColumns.Options(body.ConcurrencyOptions.Value));
        if (body.JobVariables.HasValue && ParameterCheck.Map(body.JobVariables.Value).Count > 0) columns.Json("infra_overrides", body.JobVariables.Value);
        if (parameters is not null) columns.Json("parameters", new RawJson(JsonTree.ToUtf8(parameters)));
        return columns;
    }

    private static void Tell(
        SqlBatch batch, DeploymentRecord stored, DeploymentUpdate body, DeploymentColumns columns, DeploymentSurroundings around, DateTimeOffset now)
    {
        var changes = columns.ChangesFrom(stored);
        if (changes.Count == 0) return;
        around = around with
        {
            StorageDocumentId = body.StorageDocumentId.Or(around.StorageDocumentId),
            InfrastructureDocumentId = body.InfrastructureDocumentId.Or(around.InfrastructureDocumentId),
            ConcurrencyLimitId = body.GlobalConcurrencyLimitId.Or(around.ConcurrencyLimitId),
        };
        Outbox.Add(batch, DeploymentEvents.Updated(stored.Id, stored.Wire.Name, around, changes, now));
    }
}
