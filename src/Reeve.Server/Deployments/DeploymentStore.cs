using Reeve.Contract.Deployments;
using Reeve.Data;
using Reeve.Server.Filters;

namespace Reeve.Server.Deployments;

/// <summary>Reads of <c>deployment</c> with its schedules.</summary>
internal sealed class DeploymentStore(Db db)
{
    private const int AfterRow = 4;

    public Dialect Dialect => db.Dialect;

    private static readonly SqlText Columns = new(
        $"{DeploymentRow.Columns("d")}, p.name, q.name, f.name, g.id is not null, {DeploymentLimitRow.Columns("g")}, p.id, p.type");

    private static readonly SqlText From = new(
        """
        deployment d
        join flow f on f.id = d.flow_id
        left join work_queue q on q.id = d.work_queue_id
        left join work_pool p on p.id = q.work_pool_id
        left join concurrency_limit_v2 g on g.id = d.concurrency_limit_id
        """);

    private static readonly SqlText ScheduleColumns = new(DeploymentScheduleRow.Columns("s"));

    public Task<DeploymentRecord?> FindAsync(Guid id, CancellationToken cancel) => FindAsync($"d.id = {id}", cancel);

    public Task<DeploymentRecord?> FindByNameAsync(string flow, string name, CancellationToken cancel) =>
        FindAsync($"f.name = {flow} and d.name = {name}", cancel);

    public async Task<DeploymentRecord?> FindAsync(Sql where, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var found = Find(batch, where);
        await db.ReadAsync(batch, cancel);
        return found();
    }

    /// <summary>Reads one deployment as part of a batch; the answer is there when the batch has run.</summary>
    public Func<DeploymentRecord?> Find(SqlBatch batch, Sql where)
    {
        var deployment = batch.One($"select {Columns}, p.base_job_template from {From} where {where}", static row => Record(row, withTemplate: true));
        var schedules = Schedules(batch, $"s.deployment_id in (select d.id from deployment d join flow f on f.id = d.flow_id where {where})");
        return () =>
        {
            if (deployment.Value is { } record) record.Wire.Schedules = schedules.Value;
            return deployment.Value;
        };
    }

    public async Task<List<DeploymentResponse>> ListAsync(
        RelatedFilters filters, DeploymentSort sort, int limit, int offset, CancellationToken cancel)
    {
        var records = await RecordsAsync(filters.ForDeployments("d", db.Dialect), sort, limit, offset, cancel);
        return records.ConvertAll(static record => record.Wire);
    }

    public async Task<List<DeploymentRecord>> RecordsAsync(Sql where, DeploymentSort sort, int limit, int offset, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        Sql page = $"where {where} order by {Order(sort)} limit {limit} offset {offset}";
        var deployments = batch.List($"select {Columns} from {From} {page}", static row => Record(row, withTemplate: false));
        var schedules = Schedules(batch, $"s.deployment_id in (select d.id from deployment d {page})");
        await db.ReadAsync(batch, cancel);
        var ofDeployment = schedules.Value.ToLookup(static schedule => schedule.DeploymentId);
        foreach (var deployment in deployments.Value) deployment.Wire.Schedules = [.. ofDeployment[deployment.Id]];
        return deployments.Value;
    }

    public Task<int> CountAsync(RelatedFilters filters, CancellationToken cancel) =>
        db.OneAsync($"select count(*) from deployment d where {filters.ForDeployments("d", db.Dialect)}", static row => row.GetInt32(0), cancel);

    /// <summary>The schedules that fit, those changed last first.</summary>
    public static DbResult<List<DeploymentSchedule>> Schedules(SqlBatch batch, Sql where) =>
        batch.List($"select {ScheduleColumns} from deployment_schedule s where {where} order by s.updated desc", static row => DeploymentScheduleRow.Read(row));

    private static DeploymentRecord Record(DbRow row, bool withTemplate)
    {
        var wire = DeploymentRow.Read(row);
        var at = DeploymentRow.Count;
        var after = at + AfterRow + DeploymentLimitRow.Count;
        var storedQueue = wire.WorkQueueName;
        wire.WorkPoolName = row.GetStringOrNull(at);
        var queue = row.GetStringOrNull(at + 1);
        if (queue is not null) wire.WorkQueueName = queue;
        if (row.GetBoolean(at + 3)) wire.GlobalConcurrencyLimit = DeploymentLimitRow.Read(row, at + AfterRow);
        return new DeploymentRecord
        {
            Wire = wire,
            StoredQueueName = storedQueue,
            QueueName = queue,
            FlowName = row.GetString(at + 2),
            ConcurrencyLimitId = wire.GlobalConcurrencyLimit?.Id,
            WorkPoolId = row.GetGuidOrNull(after),
            WorkPoolType = row.GetStringOrNull(after + 1),
            BaseJobTemplate = withTemplate ? row.GetJsonOrNull(after + 2) : null,
        };
    }

    private static SqlText Order(DeploymentSort sort) => new(sort switch
    {
        DeploymentSort.CreatedDesc => "d.created desc, d.id",
        DeploymentSort.UpdatedDesc => "d.updated desc, d.id",
        DeploymentSort.NameDesc => "d.name desc, d.id",
        _ => "d.name, d.id",
    });
}
