using Reeve.Contract.Deployments;
using Reeve.Core;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.Deployments;

/// <summary>All SQL that changes <c>deployment_schedule</c>.</summary>
internal sealed class DeploymentScheduleStore(Db db)
{
    public async Task<List<DeploymentSchedule>> ListAsync(Guid deployment, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var schedules = DeploymentStore.Schedules(batch, $"s.deployment_id = {deployment}");
        await db.ReadAsync(batch, cancel);
        return schedules.Value;
    }

    public async Task<List<DeploymentSchedule>> CreateAsync(
        Guid deployment, IReadOnlyList<DeploymentScheduleCreate> schedules, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        Lock(batch, deployment);
        var created = Add(batch, $"{deployment}", schedules, keepMaxRuns: true, now);
        foreach (var schedule in created) schedule.DeploymentId = deployment;
        batch.Signal(DbTopics.Deployments);
        try
        {
            await db.WriteAsync(batch, cancel);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.UniqueViolation && !db.IsSqlite)
        {
            throw ApiException.Detail(409, "Schedule slugs must be unique within a deployment.");
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.ForeignKeyViolation)
        {
            throw ApiException.Detail(404, "Deployment not found.");
        }
        return created;
    }

    /// <summary>Changes one schedule and takes back the coming runs of the deployment; false when there is no such schedule.</summary>
    public async Task<bool> UpdateAsync(Guid deployment, Guid id, DeploymentScheduleUpdate update, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        Lock(batch, deployment);
        var changed = Change(batch, deployment, id, update, now);
        ScheduledRuns.Remove(batch, Where(deployment, id), autoOnly: true, after: now);
        batch.Signal(DbTopics.Deployments);
        await db.WriteAsync(batch, cancel);
        return changed.Value == 1;
    }

    public async Task<bool> DeleteAsync(Guid deployment, Guid id, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        Lock(batch, deployment);
        ScheduledRuns.Remove(batch, Where(deployment, id), autoOnly: true, after: null);
        var deleted = batch.Execute($"delete from deployment_schedule where id = {id} and deployment_id = {deployment}");
        batch.Signal(DbTopics.Deployments);
        await db.WriteAsync(batch, cancel);
        return deleted.Value == 1;
    }

    /// <summary>
    /// Keeps schedulers out until the batch commits: they hold the deployment's row while they insert, so that no run of
    /// the old schedule can appear after the runs were taken back.
    /// </summary>
    public static void Lock(SqlBatch batch, Guid deployment) =>
        batch.One($"select id from deployment where id = {deployment} for update", static row => row.GetGuid(0));

    /// <summary>As <see cref="Lock"/>, for a change that was decided on the deployment as it was read: it is written only if that is so still.</summary>
    public static void RequireSame(SqlBatch batch, DeploymentRecord stored)
    {
        batch.Require(
            $"exists (select 1 from (select d.id from deployment d where d.id = {stored.Id} and d.updated = {stored.Wire.Updated} for update) held)");
        var schedules = stored.Wire.Schedules;
        var ids = schedules.ConvertAll(static schedule => schedule.Id);
        // The routes of schedules do not touch the deployment's own row.
        Sql same = $"(select count(*) from deployment_schedule s where s.deployment_id = {stored.Id}) = {ids.Count}";
        if (schedules.Max(static schedule => schedule.Updated) is { } last)
        {
            same.Add($" and (select count(*) from deployment_schedule s where s.deployment_id = {stored.Id} and s.id = any({ids}) and s.updated <= {last}) = {ids.Count}");
        }
        batch.Require(same);
    }

    /// <param name="batch">The batch.</param>
    /// <param name="deployment">The deployment's id as SQL.</param>
    /// <param name="schedules">The schedules, checked.</param>
    /// <param name="keepMaxRuns">Whether <c>max_scheduled_runs</c> is stored; a whole deployment's is not.</param>
    /// <param name="now">The time of writing.</param>
    public static List<DeploymentSchedule> Add(
        SqlBatch batch, Sql deployment, IReadOnlyList<DeploymentScheduleCreate> schedules, bool keepMaxRuns, DateTimeOffset now)
    {
        var created = new List<DeploymentSchedule>(schedules.Count);
        foreach (var schedule in schedules)
        {
            // They are listed by time of change, so schedules that came together differ by a microsecond each.
            var at = now.AddMicroseconds(created.Count);
            var stored = new DeploymentSchedule
            {
                Id = Guid.NewGuid(), Created = at, Updated = at, Schedule = schedule.Schedule, Active = schedule.Active,
                MaxScheduledRuns = keepMaxRuns ? schedule.MaxScheduledRuns : null,
                Parameters = schedule.Parameters.OrEmptyObject(), Slug = schedule.Slug,
            };
            batch.Execute(
                $"""
                insert into deployment_schedule (id, created, updated, deployment_id, schedule, active, max_scheduled_runs, parameters, slug)
                values ({stored.Id}, {at}, {at}, {deployment}, {JsonText.Of(stored.Schedule)}, {stored.Active}, {stored.MaxScheduledRuns},
                    {stored.Parameters}, {stored.Slug})
                """);
            created.Add(stored);
        }
        return created;
    }

    /// <summary>Sets what was sent and is not null, and the parameters in any case: absent, they are cleared.</summary>
    public static DbResult<int> Change(SqlBatch batch, Guid deployment, Guid id, DeploymentScheduleUpdate update, DateTimeOffset now)
    {
        var set = new List<Sql> { $"updated = {now}", $"parameters = {update.Parameters.Or(RawJson.EmptyObject).OrEmptyObject()}" };
        if (update.Active.Or(null) is { } active) set.Add($"active = {active}");
        if (update.Schedule.Or(null) is { } schedule) set.Add($"schedule = {JsonText.Of(schedule)}");
        if (update.MaxScheduledRuns.Or(null) is { } runs) set.Add($"max_scheduled_runs = {runs}");
        if (update.Slug.Or(null) is { } slug) set.Add($"slug = {slug}");
        return batch.Execute($"update deployment_schedule set {Sql.Join(", ", set)} where id = {id} and deployment_id = {deployment}");
    }

    private static Sql Where(Guid deployment, Guid schedule) =>
        $"= (select deployment_id from deployment_schedule where id = {schedule} and deployment_id = {deployment})";
}
