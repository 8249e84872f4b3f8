using Reeve.Contract.FlowRuns;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.FlowRuns;

/// <summary>All SQL on <c>flow_run_input</c>: values that are handed to a run while it runs.</summary>
internal sealed class FlowRunInputStore(Db db)
{
    private static readonly SqlText Columns = new(FlowRunInputRow.Columns("i"));

    /// <exception cref="ApiException">404 without the run, 409 when the key is taken, 422 for a key of other characters.</exception>
    public async Task CreateAsync(Guid runId, FlowRunInputCreateRequest input, DateTimeOffset now, CancellationToken cancel)
    {
        if (!input.Key.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw ApiException.Detail(422, "A flow run input key must only contain lowercase letters, numbers, and dashes.");
        }
        try
        {
            var batch = new SqlBatch();
            Add(batch, runId, input.Key, input.Value, input.Sender, now, $"true");
            await db.WriteAsync(batch, cancel);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.UniqueViolation)
        {
            throw ApiException.Detail(409, "A flow run input with this key already exists.");
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.ForeignKeyViolation)
        {
            throw ApiException.Detail(404, "Flow run not found");
        }
    }

    public static void Add(SqlBatch batch, Guid runId, string key, string value, string? sender, DateTimeOffset now, Sql condition) =>
        batch.Execute(
            $"""
            insert into flow_run_input (id, created, updated, key, value, flow_run_id, sender)
            select {Guid.NewGuid():uuid}, {now:timestamptz}, {now:timestamptz}, {key:text}, {value:text}, {runId:uuid}, {sender:text}
            where {condition}
            """);

    public Task<List<FlowRunInput>> ListAsync(Guid runId, FlowRunInputFilterRequest filter, CancellationToken cancel) =>
        db.ListAsync(
            $"""
            select {Columns} from flow_run_input i
            where i.flow_run_id = {runId} and substr(i.key, 1, {filter.Prefix.Length:int}) = {filter.Prefix} and i.key <> all({filter.ExcludeKeys})
            order by i.created, i.id limit {filter.Limit}
            """,
            static row => FlowRunInputRow.Read(row), cancel);

    public Task<string?> FindValueAsync(Guid runId, string key, CancellationToken cancel) =>
        db.OneAsync($"select value from flow_run_input where flow_run_id = {runId} and key = {key}", static row => row.GetString(0), cancel);

    public async Task<bool> DeleteAsync(Guid runId, string key, CancellationToken cancel) =>
        await db.ExecuteAsync($"delete from flow_run_input where flow_run_id = {runId} and key = {key}", cancel) == 1;
}
