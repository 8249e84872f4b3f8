using Reeve.Data;

namespace Reeve.Server.TaskRuns;

/// <summary>
/// Writes many runs in few statements: those that were told the same columns go together, ordered by their key, so that
/// writers in several processes take their locks in one order.
/// </summary>
internal static class TaskRunWrites
{
    /// <summary>Rows a statement takes, so that its text comes in a few sizes and stays prepared.</summary>
    private static readonly int[] Sizes = [64, 16, 4, 1];

    /// <summary>Inserts runs nobody has yet; one that somebody else inserts meanwhile is left alone.</summary>
    public static void Insert(SqlBatch batch, IEnumerable<TaskRunRecord> records, DateTimeOffset now)
    {
        foreach (var shape in records.GroupBy(static record => Shape(record), StringComparer.Ordinal).OrderBy(static shape => shape.Key, StringComparer.Ordinal))
        {
            var columns = shape.First().Columns;
            var isNamed = columns.Any(static column => column.Column == "name");
            var names = string.Join(", ", columns.Select(static column => column.Column)) + (isNamed ? "" : ", name");
            batch.Insert(
                $"insert into task_run (id, created, updated, {new SqlText(names)})",
                [.. shape.OrderBy(static record => record.Id)],
                record =>
                {
                    Sql row = $"({record.Id}, {now}, {now}, {Sql.Join(", ", record.Columns.Select(Value))}";
                    return isNamed ? row.Add($")") : row.Add($", {record.TaskKey + "-" + record.DynamicKey})");
                },
                $"on conflict do nothing");
        }
    }

    /// <summary>Updates stored runs to what the records say, unless they show a later state by then.</summary>
    public static void Update(SqlBatch batch, IEnumerable<(Guid Id, TaskRunRecord Record)> updates, DateTimeOffset now)
    {
        foreach (var shape in updates.GroupBy(static update => Shape(update.Record), StringComparer.Ordinal).OrderBy(static shape => shape.Key, StringComparer.Ordinal))
        {
            var rows = shape.OrderBy(static update => update.Id).ToList();
            for (var at = 0; at < rows.Count;)
            {
                var size = Array.Find(Sizes, size => size <= rows.Count - at);
                batch.Execute(Update(rows.GetRange(at, size), now));
                at += size;
            }
        }
    }

    private static Sql Update(List<(Guid Id, TaskRunRecord Record)> rows, DateTimeOffset now)
    {
        var columns = rows[0].Record.Columns;
        var names = new SqlText(string.Join(", ", columns.Select(static column => column.Column)));
        var sets = new SqlText(string.Join(", ", columns.Select(static column => $"{column.Column} = told.{column.Column}{Cast(column.Column)}")));
        var values = Sql.Join(", ", rows.Select(static row => (Sql)$"({row.Id}, {Sql.Join(", ", row.Record.Columns.Select(Value))})"));
        return
            $"""
            with told (run_id, {names}) as (values {values})
            update task_run set updated = {now}, {sets} from told
            where task_run.id = told.run_id and task_run.state_timestamp < told.state_timestamp
            """;
    }

    // A list of values has no column to take its types from, so text comes out of it as text.
    private static string Cast(string column) => column == "state_type" ? "::state_type" : "";

    private static Sql Value((string Column, SqlValue Value) column) => $"{column.Value}";

    private static string Shape(TaskRunRecord record) => string.Join(',', record.Columns.Select(static column => column.Column));
}
