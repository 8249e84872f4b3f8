using Reeve.Contract.Variables;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Server.Http;

namespace Reeve.Server.Variables;

/// <summary>All SQL on <c>variable</c>.</summary>
internal sealed class VariableStore(Db db)
{
    private static readonly SqlText Columns = new(VariableRow.Columns("v"));

    public Task<Variable?> FindAsync(Guid id, CancellationToken cancel) =>
        db.OneAsync($"select {Columns} from variable v where v.id = {id}", static row => VariableRow.Read(row), cancel);

    public Task<Variable?> FindByNameAsync(string name, CancellationToken cancel) =>
        db.OneAsync($"select {Columns} from variable v where v.name = {name}", static row => VariableRow.Read(row), cancel);

    /// <exception cref="ApiException">409: the name is taken.</exception>
    public async Task<Variable> CreateAsync(VariableCreate create, DateTimeOffset now, CancellationToken cancel)
    {
        var variable = new Variable
        {
            Id = Guid.NewGuid(), Created = now, Updated = now, Name = create.Name, Value = create.Value, Tags = create.Tags,
        };
        var batch = new SqlBatch();
        var inserted = batch.Execute(
            $"""
            insert into variable (id, created, updated, name, value, tags)
            values ({variable.Id}, {now}, {now}, {variable.Name}, {variable.Value}, {JsonText.Of(variable.Tags)})
            on conflict (name) do nothing
            """);
        Outbox.AddIf(batch, VariableEvents.Created(variable, now), $"exists (select 1 from variable where id = {variable.Id})");
        await db.WriteAsync(batch, cancel);
        return inserted.Value == 1
            ? variable
            : throw ApiException.Detail(409, $"A variable with the name '{create.Name}' already exists.");
    }

    /// <summary>Changes what was sent of a variable that was just read.</summary>
    /// <exception cref="ApiException">409: a name or tags of null, which the table does not take.</exception>
    public async Task<bool> UpdateAsync(Variable variable, VariableUpdate update, DateTimeOffset now, CancellationToken cancel)
    {
        if (update.Name is { HasValue: true, Value: null }) throw ApiException.Detail(409, "A variable's name cannot be null: leave it out to keep it.");
        if (update.Tags is { HasValue: true, Value: null }) throw ApiException.Detail(409, "A variable's tags cannot be null: leave them out to keep them, or send [].");
        // Only what was sent is written: somebody else may be changing the rest.
        Sql set = $"updated = {now}";
        if (update.Name is { HasValue: true, Value: { } name }) set.Add($", name = {variable.Name = name}");
        if (update.Value.HasValue) set.Add($", value = {variable.Value = update.Value.Value}");
        if (update.Tags is { HasValue: true, Value: { } tags }) set.Add($", tags = {JsonText.Of(variable.Tags = tags)}");
        var batch = new SqlBatch();
        var changed = batch.Execute($"update variable set {set} where id = {variable.Id}");
        Outbox.AddIf(batch, VariableEvents.Updated(variable, now), $"exists (select 1 from variable where id = {variable.Id})");
        await db.WriteAsync(batch, cancel);
        return changed.Value == 1;
    }

    public async Task<bool> DeleteAsync(Variable variable, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        batch.One($"select id from variable where id = {variable.Id} for update", static row => row.GetGuid(0));
        Outbox.AddIf(batch, VariableEvents.Deleted(variable, now), $"exists (select 1 from variable where id = {variable.Id})");
        var deleted = batch.Execute($"delete from variable where id = {variable.Id}");
        await db.WriteAsync(batch, cancel);
        return deleted.Value == 1;
    }

    public Task<List<Variable>> ListAsync(VariableFilter? filter, VariableSort sort, int limit, int offset, CancellationToken cancel) =>
        db.ListAsync(
            $"""
            select {Columns} from variable v where {VariablePredicate.Where(filter, "v", db.Dialect).ToSql()}
            order by {Order(sort)} limit {limit} offset {offset}
            """,
            static row => VariableRow.Read(row), cancel);

    public Task<int> CountAsync(VariableFilter? filter, CancellationToken cancel) =>
        db.OneAsync(
            $"select count(*) from variable v where {VariablePredicate.Where(filter, "v", db.Dialect).ToSql()}",
            static row => row.GetInt32(0), cancel);

    private static SqlText Order(VariableSort sort) => new(sort switch
    {
        VariableSort.CreatedDesc => "v.created desc, v.id",
        VariableSort.UpdatedDesc => "v.updated desc, v.id",
        VariableSort.NameDesc => "v.name desc",
        _ => "v.name",
    });
}
