using Reeve.Contract.Flows;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Server.Filters;
using Reeve.Server.Http;

namespace Reeve.Server.Flows;

/// <summary>All SQL on <c>flow</c>.</summary>
internal sealed class FlowStore(Db db)
{
    private static readonly SqlText Columns = new(FlowRow.Columns("f"));

    public async Task<Flow> ReadAsync(Guid id, CancellationToken cancel) =>
        await FindAsync(id, cancel) ?? throw Http.ApiException.Missing($"Flow with id {id} not found");

    public Task<Flow?> FindAsync(Guid id, CancellationToken cancel) =>
        db.OneAsync($"select {Columns} from flow f where f.id = {id}", static row => FlowRow.Read(row), cancel);

    public Task<Flow?> FindByNameAsync(string name, CancellationToken cancel) =>
        db.OneAsync($"select {Columns} from flow f where f.name = {name}", static row => FlowRow.Read(row), cancel);

    /// <summary>Inserts a flow, or finds the one that has the name already; whether it is new.</summary>
    public async Task<(Flow Flow, bool Created)> CreateAsync(FlowCreate flow, DateTimeOffset now, CancellationToken cancel)
    {
        var id = Guid.NewGuid();
        var labels = flow.Labels.OrEmptyObject();
        var batch = new SqlBatch();
        var inserted = batch.Execute(
            $"""
            insert into flow (id, created, updated, name, tags, labels)
            values ({id}, {now}, {now}, {flow.Name}, {JsonText.Of(flow.Tags)}, {labels})
            on conflict (name) do nothing
            """);
        var stored = batch.One($"select {Columns} from flow f where f.name = {flow.Name}", static row => FlowRow.Read(row));
        Outbox.AddIf(batch, FlowEvents.Created(id, flow, now), $"exists (select 1 from flow where id = {id})");
        await db.WriteAsync(batch, cancel);
        return (stored.Value ?? throw ApiException.Unavailable(), inserted.Value == 1);
    }

    public async Task<bool> UpdateAsync(Guid id, FlowUpdate update, DateTimeOffset now, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } flow) return false;
        Sql set = $"updated = {now}";
        if (update.Tags.HasValue) set.Add($", tags = {JsonText.Of(flow.Tags = update.Tags.Value)}");
        var batch = new SqlBatch();
        var changed = batch.Execute($"update flow set {set} where id = {id}");
        Outbox.AddIf(batch, FlowEvents.Updated(flow, now), $"exists (select 1 from flow where id = {id})");
        await db.WriteAsync(batch, cancel);
        return changed.Value == 1;
    }

    public async Task<bool> DeleteAsync(Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } flow) return false;
        var batch = new SqlBatch();
        batch.One($"select id from flow where id = {id} for update", static row => row.GetGuid(0));
        Outbox.AddIf(batch, FlowEvents.Deleted(flow, now), $"exists (select 1 from flow where id = {id})");
        var deleted = batch.Execute($"delete from flow where id = {id}");
        batch.Signal(DbTopics.Deployments);
        await db.WriteAsync(batch, cancel);
        return deleted.Value == 1;
    }

    public Task<List<Flow>> ListAsync(RelatedFilters filters, FlowSort sort, int limit, int offset, CancellationToken cancel) =>
        db.ListAsync(
            $"""
            select {Columns} from flow f where {filters.ForFlows("f", db.Dialect)}
            order by {Order(sort)} limit {limit} offset {offset}
            """,
            static row => FlowRow.Read(row), cancel);

    public Task<int> CountAsync(RelatedFilters filters, CancellationToken cancel) =>
        db.OneAsync($"select count(*) from flow f where {filters.ForFlows("f", db.Dialect)}", static row => row.GetInt32(0), cancel);

    private static SqlText Order(FlowSort sort) => new(sort switch
    {
        FlowSort.CreatedDesc => "f.created desc, f.id",
        FlowSort.UpdatedDesc => "f.updated desc, f.id",
        FlowSort.NameDesc => "f.name desc",
        _ => "f.name",
    });
}
