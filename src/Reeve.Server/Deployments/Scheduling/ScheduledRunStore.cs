using Reeve.Core;
using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.Deployments.Scheduling;

/// <summary>All SQL that makes runs of schedules.</summary>
internal sealed class ScheduledRunStore(Db db)
{
    /// <summary>
    /// Deployments, by id, with an active schedule that has too few runs ahead or none far enough ahead. Both questions
    /// are answered by the index on deployment, schedule and start time alone.
    /// </summary>
    public Task<List<Guid>> LackingAsync(SchedulingWindow window, Guid? after, int limit, CancellationToken cancel)
    {
        Sql from = $"from deployment_schedule s join deployment d on d.id = s.deployment_id where s.active = true and d.paused = false";
        if (after is { } last) from.Add($" and d.id > {last}");
        return db.ListAsync(
            $"""
            select distinct d.id {from} and (
                not exists (select 1 {OfSchedule(window.Start)} order by r.next_scheduled_start_time limit 1 offset {window.MinRuns - 1})
                or not exists (select 1 {OfSchedule(window.Until)}))
            order by d.id limit {limit}
            """,
            static row => row.GetGuid(0), cancel);
    }

    /// <summary>The active schedules of some deployments, those changed last first.</summary>
    public Task<List<ScheduleSource>> ReadAsync(IReadOnlyCollection<Guid> deployments, bool pausedToo, CancellationToken cancel) =>
        db.ListAsync(
            $"""
            select s.id, s.deployment_id, d.flow_id, s.updated, d.updated, s.schedule, s.parameters, d.parameters, d.tags, d.labels, s.slug
            from deployment_schedule s join deployment d on d.id = s.deployment_id
            where s.deployment_id = any({deployments}) and s.active = true and (d.paused = false or {pausedToo})
            order by s.updated desc
            """,
            static row => new ScheduleSource
            {
                Id = row.GetGuid(0), DeploymentId = row.GetGuid(1), FlowId = row.GetGuid(2),
                Updated = row.GetInstant(3), DeploymentUpdated = row.GetInstant(4),
                Schedule = row.GetJson(5), Parameters = row.GetJson(6), DeploymentParameters = row.GetJson(7),
                Tags = row.GetJson(8), Labels = row.GetJsonOrNull(9) ?? RawJson.EmptyObject, Slug = row.GetStringOrNull(10),
            },
            cancel);

    /// <summary>Those of the runs that nobody has made yet. Only a help against needless writes: insertion decides.</summary>
    public async Task<List<ScheduledRun>> MissingAsync(List<ScheduledRun> runs, CancellationToken cancel)
    {
        var flows = runs.Select(static run => run.Source.FlowId).Distinct().ToList();
        var keys = runs.ConvertAll(static run => run.Key);
        var known = await db.ListAsync(
            $"select idempotency_key from flow_run where flow_id = any({flows}) and idempotency_key = any({keys})", static row => row.GetString(0), cancel);
        if (known.Count == 0) return runs;
        var made = known.ToHashSet(StringComparer.Ordinal);
        return runs.FindAll(run => !made.Contains(run.Key));
    }

    /// <summary>
    /// Inserts runs as one transaction; the number really inserted. Runs that exist are left alone, and so are runs of
    /// a schedule or deployment that has changed since it was read: the deployment's rows are held from before the check
    /// until the commit, and whoever changes a deployment or schedule locks that row first. The keys come in one order, so that two schedulers
    /// that make the same runs do not wait for each other.
    /// </summary>
    public async Task<int> InsertAsync(IReadOnlyCollection<ScheduledRun> runs, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var shared = Shared(ScheduledRunJson.Shared(runs, db.IsSqlite));
        var own = ScheduledRunJson.Own(runs, now, db.IsSqlite);
        if (!db.IsSqlite)
        {
            var deployments = runs.Select(static run => run.Source.DeploymentId).Distinct().ToList();
            batch.List($"select id from deployment where id = any({deployments}) order by id for share", static row => row.GetGuid(0));
        }
        var inserted = batch.Execute(
            $"""
            insert into flow_run (id, created, updated, name, state_type, state_name, run_count, expected_start_time, next_scheduled_start_time,
                total_run_time, parameters, idempotency_key, context, empirical_policy, tags, auto_scheduled, flow_id, deployment_id,
                deployment_version, infrastructure_document_id, work_queue_name, work_queue_id, created_by, job_variables, labels)
            select r.id, {now:timestamptz}, {now:timestamptz}, r.name, 'SCHEDULED'::state_type, 'Scheduled', 0, r.at, r.at,
                {TimeSpan.Zero:interval}, p.parameters, r.key, {RawJson.EmptyObject:jsonb}, {JsonText.Of(FlowRunPolicy.Empty):jsonb}, p.tags, true, d.flow_id, d.id,
                d.version, d.infrastructure_document_id, d.work_queue_name, d.work_queue_id, p.created_by, {RawJson.EmptyObject:jsonb}, p.labels
            from {Own(own)} r
            join {shared} p on p.schedule_id = r.schedule_id
            join deployment d on d.id = p.deployment_id and d.updated = p.deployment_updated
            join deployment_schedule s on s.id = p.schedule_id and s.updated = p.schedule_updated and s.active = true
            where true
            order by r.key
            on conflict (flow_id, idempotency_key) do nothing
            """);
        batch.Execute(
            $"""
            insert into flow_run_state (id, created, updated, type, timestamp, name, message, state_details, flow_run_id)
            select r.state_id, {now:timestamptz}, {now:timestamptz}, 'SCHEDULED'::state_type, {now:timestamptz}, 'Scheduled', 'Flow run scheduled', r.details, f.id
            from {Own(own)} r join flow_run f on f.id = r.id
            """);
        batch.Execute($"update flow_run set state_id = r.state_id from {Own(own)} r where flow_run.id = r.id");
        batch.SignalHere(DbTopics.FlowRuns);
        await db.WriteAsync(batch, cancel);
        return inserted.Value;
    }

    private Sql OfSchedule(DateTimeOffset from) => db.IsSqlite
        ? (Sql)$"""
            from flow_run r where r.deployment_id = s.deployment_id and json_extract(r.created_by, '$.id') = s.id
            and r.state_type = 'SCHEDULED' and r.auto_scheduled = 1 and r.next_scheduled_start_time >= {from}
            """
        : (Sql)$"""
            from flow_run r where r.deployment_id = s.deployment_id and (r.created_by ->> 'id') = s.id::text
            and r.state_type = 'SCHEDULED' and r.auto_scheduled = true and r.next_scheduled_start_time >= {from}
            """;

    private Sql Own(RawJson runs) => db.IsSqlite
        ? (Sql)$"""
            (select value ->> '$.id' as id, value ->> '$.state_id' as state_id, value ->> '$.schedule_id' as schedule_id, value ->> '$.key' as key,
                value ->> '$.at' as at, value ->> '$.name' as name, value -> '$.details' as details from json_each({runs}))
            """
        : (Sql)$"""
            (select * from jsonb_to_recordset({runs:jsonb}) as x(id uuid, state_id uuid, schedule_id uuid, key text, at timestamptz, name text, details jsonb))
            """;

    private Sql Shared(RawJson schedules) => db.IsSqlite
        ? (Sql)$"""
            (select value ->> '$.schedule_id' as schedule_id, value ->> '$.deployment_id' as deployment_id,
                value ->> '$.schedule_updated' as schedule_updated, value ->> '$.deployment_updated' as deployment_updated,
                value -> '$.parameters' as parameters, value -> '$.tags' as tags, value -> '$.labels' as labels, value -> '$.created_by' as created_by
                from json_each({schedules}))
            """
        : (Sql)$"""
            (select * from jsonb_to_recordset({schedules:jsonb}) as x(schedule_id uuid, deployment_id uuid, schedule_updated timestamptz,
                deployment_updated timestamptz, parameters jsonb, tags jsonb, labels jsonb, created_by jsonb))
            """;
}
