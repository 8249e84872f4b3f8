using Reeve.Contract.FlowRuns;
using Reeve.Contract.Ui;
using Reeve.Core;
using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Filters;
using Reeve.Server.Http;
using Reeve.Server.Orchestration;
using Reeve.Server.TaskRuns;

namespace Reeve.Server.FlowRuns;

/// <summary>Reads flow runs and their states, and changes what needs no rules.</summary>
internal sealed class FlowRunStore(Db db, SlowCounts counts, TimeProvider clock)
{
    private static readonly SqlText Table = new("flow_run");
    private static readonly SqlText NoLabels = new("'{}'");

    public Task<FlowRunResponse?> FindAsync(Guid id, DateTimeOffset now, CancellationToken cancel) =>
        db.OneAsync(
            $"select {FlowRunRow.ResponseColumns} from {FlowRunRow.Tables} where r.id = {id}",
            row => FlowRunRow.ReadResponse(row, now), cancel);

    public Task<string?> FindNameAsync(Guid id, CancellationToken cancel) =>
        db.OneAsync($"select name from flow_run where id = {id}", static row => row.GetString(0), cancel);

    public async Task<List<FlowRunResponse>> ListAsync(
        RelatedFilters filters, FlowRunSort sort, int limit, int offset, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var runs = AddList(batch, filters, sort, limit, offset, now);
        await db.ReadAsync(batch, cancel);
        return runs.Value;
    }

    /// <summary>A page and the number of all: of one moment, unless counting them takes long.</summary>
    public async Task<(List<FlowRunResponse> Runs, int Count)> PageAsync(
        RelatedFilters filters, FlowRunSort sort, Paging page, DateTimeOffset now, CancellationToken cancel)
    {
        var statement = SlowCounts.Statement(Table, filters.ForFlowRuns("r", db.Dialect));
        if (counts.Recall(statement) is { } known) return (await ListAsync(filters, sort, page.Limit, page.Offset, now, cancel), known);
        var started = clock.GetTimestamp();
        var batch = new SqlBatch();
        var runs = AddList(batch, filters, sort, page.Limit, page.Offset, now);
        var count = batch.One(statement, static row => row.GetInt32(0));
        await db.ReadAsync(batch, cancel);
        return (runs.Value, counts.Keep(statement, count.Value, started));
    }

    /// <summary>The newest runs' ids, for bulk changes.</summary>
    public Task<List<Guid>> ListIdsAsync(FlowRunFilter? filter, int limit, CancellationToken cancel) =>
        db.ListAsync(
            $"select r.id from flow_run r where {FlowRunPredicate.Where(filter, "r", db.Dialect).ToSql()} order by r.id desc limit {limit}",
            static row => row.GetGuid(0), cancel);

    public Task<int> CountAsync(RelatedFilters filters, CancellationToken cancel) =>
        counts.CountAsync(Table, filters.ForFlowRuns("r", db.Dialect), cancel);

    /// <summary>How late the runs are on average, in seconds; null without runs.</summary>
    public async Task<double?> LatenessAsync(RelatedFilters filters, DateTimeOffset now, CancellationToken cancel)
    {
        var time = new RunTimeSql(db.Dialect, now) { IsWholeSeconds = true };
        var average = await db.OneAsync(
            $"select avg(case when r.expected_start_time is null then 0 else {time.EstimatedLateness()} end)::float8 from flow_run r where {filters.ForFlowRuns("r", db.Dialect)}",
            static row => row.GetDoubleOrNull(0), cancel);
        return average / 1_000_000;
    }

    public Task<List<HistoryResponse>> HistoryAsync(RelatedFilters filters, FlowRunHistoryRequest body, DateTimeOffset now, CancellationToken cancel) =>
        RunHistory.ReadAsync(
            db, Table, filters.ForFlowRuns("r", db.Dialect),
            body.HistoryStart, body.HistoryEnd, body.HistoryIntervalSeconds, now, cancel);

    /// <summary>Runs as dots of the page's scatter plot.</summary>
    public Task<List<SimpleFlowRun>> DotsAsync(
        RelatedFilters filters, FlowRunSort sort, int limit, int offset, DateTimeOffset now, CancellationToken cancel) =>
        db.ListAsync(
            $"""
            select r.id, {RunColumnsRow.Columns} from flow_run r
            where r.state_type is not null and r.expected_start_time is not null and {filters.ForFlowRuns("r", db.Dialect)}
            order by {Order(sort)} limit {limit} offset {offset}
            """,
            row => Dot(row, now), cancel);

    /// <summary>How many task runs each flow run has, those that stand for subflows not counted.</summary>
    public async Task<Dictionary<string, int>> CountTasksAsync(List<Guid> ids, CancellationToken cancel)
    {
        var counts = await db.ListAsync(
            $"""
            select t.flow_run_id, count(*) from task_run t
            where t.flow_run_id = any({ids}) and not exists (select 1 from flow_run c where c.parent_task_run_id = t.id)
            group by t.flow_run_id
            """,
            static row => (Id: row.GetGuid(0), Count: row.GetInt32(1)), cancel);
        var of = counts.ToDictionary(static row => row.Id, static row => row.Count);
        return ids.Distinct().ToDictionary(static id => id.ToString(), id => of.GetValueOrDefault(id));
    }

    /// <summary>Changes the members that were sent; false if there is no such run, or it has begun and job variables were sent.</summary>
    public async Task<bool> UpdateAsync(Guid id, FlowRunUpdate update, DateTimeOffset now, CancellationToken cancel)
    {
        Sql set = $"updated = {now}";
        // A run always has a name: null or an empty one asks for a new one, as when a run is made.
        if (update.Name.HasValue) set.Add($", name = {(string.IsNullOrEmpty(update.Name.Value) ? FlowRunNames.Next() : update.Name.Value)}");
        if (update.FlowVersion.HasValue) set.Add($", flow_version = {update.FlowVersion.Value}");
        if (update.Parameters.HasValue) set.Add($", parameters = {update.Parameters.Value.OrEmptyObject()}");
        if (update.EmpiricalPolicy.HasValue) set.Add($", empirical_policy = {JsonText.Of(update.EmpiricalPolicy.Value)}");
        if (update.Tags.HasValue) set.Add($", tags = {JsonText.Of(update.Tags.Value)}");
        if (update.InfrastructurePid.HasValue) set.Add($", infrastructure_pid = {update.InfrastructurePid.Value}");
        if (update.JobVariables.HasValue) set.Add($", job_variables = {(update.JobVariables.Value.IsNull ? (RawJson?)null : update.JobVariables.Value)}");
        Sql which = $"id = {id}";
        if (update.JobVariables is { HasValue: true, Value.IsNull: false }) which.Add($" and exists (select 1 from flow_run_state s where s.id = flow_run.state_id and s.type = 'SCHEDULED')");
        return await db.ExecuteAsync($"update flow_run set {set} where {which}", cancel) == 1;
    }

    // json_each gives true and false as numbers, and what is inside other JSON as its text.
    private static readonly SqlText LabelText = new(
        "case type when 'true' then 'true' when 'false' then 'false' when 'object' then value when 'array' then value else json_quote(value) end");

    /// <summary>Puts labels over those the run has; false if there is no such run.</summary>
    public async Task<bool> MergeLabelsAsync(Guid id, RawJson labels, DateTimeOffset now, CancellationToken cancel) =>
        await db.ExecuteAsync(
            db.Dialect == Dialect.Postgres
                ? (Sql)$"update flow_run set labels = coalesce(labels, {NoLabels}::jsonb) || {labels:jsonb}, updated = {now} where id = {id}"
                : (Sql)$"""
                  update flow_run set labels = (select json_group_object(key, json(value)) from (
                    select key, {LabelText} as value from json_each(coalesce(flow_run.labels, {NoLabels}))
                    where key not in (select key from json_each({labels}))
                    union all select key, {LabelText} from json_each({labels}))), updated = {now} where id = {id}
                  """,
            cancel) == 1;

    /// <summary>What limits a change of job variables: state, deployment and its layers.</summary>
    public Task<(StateType? State, bool HasDeployment, RawJson? Template, RawJson Overrides)?> FindForJobVariablesAsync(Guid id, CancellationToken cancel) =>
        db.OneAsync<(StateType?, bool, RawJson?, RawJson)?>(
            $"""
            select s.type, d.id, p.base_job_template, d.infra_overrides from flow_run r
            left join flow_run_state s on s.id = r.state_id
            left join deployment d on d.id = r.deployment_id
            left join work_queue q on q.id = d.work_queue_id
            left join work_pool p on p.id = q.work_pool_id
            where r.id = {id}
            """,
            static row => (StateRow.ParseTypeOrNull(row.GetStringOrNull(0)), !row.IsNull(1), row.GetJsonOrNull(2), row.IsNull(3) ? RawJson.EmptyObject : row.GetJson(3)),
            cancel);

    public Task<State?> FindStateAsync(Guid id, CancellationToken cancel) =>
        db.OneAsync(
            $"select {StateRow.Columns} from flow_run_state s left join artifact a on a.id = s.result_artifact_id where s.id = {id}",
            static row => StateRow.Read(row), cancel);

    public async Task<List<State>> ListStatesAsync(Guid runId, CancellationToken cancel)
    {
        var states = await db.ListAsync(
            $"""
            select {StateRow.Columns} from flow_run_state s left join artifact a on a.id = s.result_artifact_id
            where s.flow_run_id = {runId} order by s.timestamp
            """,
            static row => StateRow.Read(row), cancel);
        return states.ConvertAll(static state => state!);
    }

    // Runs of one instant or name are told apart by id, or two pages might show one run twice and another not at all.
    public static SqlText Order(FlowRunSort sort) => new(sort switch
    {
        FlowRunSort.StartTimeAsc => "coalesce(r.start_time, r.expected_start_time), r.id",
        FlowRunSort.StartTimeDesc => "coalesce(r.start_time, r.expected_start_time) desc, r.id desc",
        FlowRunSort.ExpectedStartTimeAsc => "r.expected_start_time, r.id",
        FlowRunSort.ExpectedStartTimeDesc => "r.expected_start_time desc, r.id desc",
        FlowRunSort.NameAsc => "r.name, r.id",
        FlowRunSort.NameDesc => "r.name desc, r.id desc",
        FlowRunSort.NextScheduledStartTimeAsc => "r.next_scheduled_start_time, r.id",
        FlowRunSort.EndTimeDesc => "r.end_time desc, r.id desc",
        _ => "r.id desc",
    });

    private DbResult<List<FlowRunResponse>> AddList(
        SqlBatch batch, RelatedFilters filters, FlowRunSort sort, int limit, int offset, DateTimeOffset now) =>
        batch.List(
            $"""
            select {FlowRunRow.ResponseColumns} from {FlowRunRow.Tables}
            where {filters.ForFlowRuns("r", db.Dialect)}
            order by {Order(sort)} limit {limit} offset {offset}
            """,
            row => FlowRunRow.ReadResponse(row, now));

    private static SimpleFlowRun Dot(DbRow row, DateTimeOffset now)
    {
        var columns = RunColumnsRow.Read(row, 1);
        return new SimpleFlowRun
        {
            Id = row.GetGuid(0),
            StateType = columns.StateType!.Value,
            Timestamp = columns.StartTime ?? columns.ExpectedStartTime!.Value,
            Duration = columns.EstimatedRunTime(now),
            Lateness = columns.EstimatedStartTimeDelta(now),
        };
    }
}
