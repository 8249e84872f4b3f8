namespace Reeve.Data;

/// <summary>Inserts of many rows in few statements, whose texts come in a few fixed sizes so that they stay prepared.</summary>
public static class SqlRows
{
    private static readonly int[] Sizes = [64, 16, 4, 1];

    /// <summary>Adds <c>insert into … values (…), (…)</c> for all rows.</summary>
    /// <param name="batch">Where the statements go.</param>
    /// <param name="head">Up to and without <c>values</c>.</param>
    /// <param name="rows">What to insert.</param>
    /// <param name="values">One row in parentheses.</param>
    /// <param name="tail">What follows the rows, such as <c>on conflict do nothing</c>.</param>
    /// <returns>One result a statement: the rows it inserted.</returns>
    public static List<DbResult<int>> Insert<T>(
        this SqlBatch batch, Sql head, IReadOnlyList<T> rows, Func<T, Sql> values, Sql? tail = null)
    {
        var results = new List<DbResult<int>>();
        for (var at = 0; at < rows.Count;)
        {
            var left = rows.Count - at;
            var size = Array.Find(Sizes, size => size <= left);
            var statement = new Sql();
            statement.Add(head).AppendLiteral(" values ");
            statement.Add(Sql.Join(", ", rows.Skip(at).Take(size).Select(values)));
            if (tail is not null) statement.AppendLiteral(" ");
            if (tail is not null) statement.Add(tail);
            results.Add(batch.Execute(statement));
            at += size;
        }
        return results;
    }
}
