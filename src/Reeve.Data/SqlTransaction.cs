namespace Reeve.Data;

/// <summary>An open transaction; see <see cref="Db.TransactionAsync{T}"/>.</summary>
public abstract class SqlTransaction
{
    /// <summary>Runs statements in one round trip inside the transaction.</summary>
    public abstract Task RunAsync(SqlBatch batch);

    public async Task<T?> OneAsync<T>(Sql sql, Func<DbRow, T> map)
    {
        var batch = new SqlBatch();
        var result = batch.One(sql, map);
        await RunAsync(batch);
        return result.Value;
    }

    public async Task<List<T>> ListAsync<T>(Sql sql, Func<DbRow, T> map)
    {
        var batch = new SqlBatch();
        var result = batch.List(sql, map);
        await RunAsync(batch);
        return result.Value;
    }

    public async Task<int> ExecuteAsync(Sql sql)
    {
        var batch = new SqlBatch();
        var result = batch.Execute(sql);
        await RunAsync(batch);
        return result.Value;
    }
}
