using System.Runtime.CompilerServices;
using Reeve.Contract.Logs;
using Reeve.Data;

namespace Reeve.Server.Logs;

/// <summary>All SQL on <c>log</c>.</summary>
internal sealed class LogStore(Db db)
{
    private static readonly SqlText Columns = new(LogRow.Columns("l"));

    /// <summary>Rows a transaction takes at most, so that a large upload does not hold the writer.</summary>
    private const int RowsAtOnce = 3640;

    /// <summary>What is read at once for a download, about: one line may be a megabyte, most are short.</summary>
    private const int CharactersOnPage = 1_000_000;

    /// <returns>The lines as they were stored.</returns>
    public async Task<List<Log>> InsertAsync(IReadOnlyList<LogCreate> created, DateTimeOffset now, CancellationToken cancel)
    {
        var logs = created.Select(log => new Log
        {
            Id = Guid.CreateVersion7(now), Created = now, Updated = now, Name = Clean(log.Name), Level = log.Level, Message = Clean(log.Message),
            Timestamp = log.Timestamp, FlowRunId = log.FlowRunId, TaskRunId = log.TaskRunId,
        }).ToList();
        foreach (var chunk in logs.Chunk(RowsAtOnce))
        {
            var batch = new SqlBatch();
            batch.Insert(
                $"insert into log (id, created, updated, name, level, message, timestamp, flow_run_id, task_run_id)",
                chunk,
                log => $"({log.Id}, {now}, {now}, {log.Name}, {log.Level}, {log.Message}, {log.Timestamp}, {log.FlowRunId}, {log.TaskRunId})");
            await db.WriteAsync(batch, cancel);
        }
        return logs;
    }

    public Task<List<Log>> ListAsync(LogFilter? filter, LogSort sort, int limit, int offset, CancellationToken cancel) =>
        db.ListAsync(
            $"""
            select {Columns} from log l where {LogPredicate.Where(filter, "l").ToSql()}
            order by {Order(sort)} limit {limit} offset {offset}
            """,
            static row => LogRow.Read(row), cancel);

    /// <summary>
    /// All logs of a run, oldest first, at the reader's pace. On PostgreSQL page by page: one statement would hold a connection for as long as the reader takes, and be ended by
    /// the time limit of statements in the middle.
    /// </summary>
    public IAsyncEnumerable<Log> StreamAsync(Guid flowRunId, CancellationToken cancel) => db.IsSqlite
        ? db.StreamAsync($"select {Columns} from log l where l.flow_run_id = {flowRunId} order by l.timestamp, l.id", static row => LogRow.Read(row), cancel)
        : PagesAsync(flowRunId, cancel);

    private async IAsyncEnumerable<Log> PagesAsync(Guid flowRunId, [EnumeratorCancellation] CancellationToken cancel)
    {
        Sql after = $"";
        for (var lines = 20; ;)
        {
            var page = await db.ListAsync(
                $"select {Columns} from log l where l.flow_run_id = {flowRunId}{after} order by l.timestamp, l.id limit {lines}", static row => LogRow.Read(row), cancel);
            foreach (var line in page) yield return line;
            if (page.Count < lines) yield break;
            after = $" and (l.timestamp, l.id) > ({page[^1].Timestamp}, {page[^1].Id})";
            lines = Math.Clamp(CharactersOnPage / (page.Sum(static line => line.Message.Length) / lines + 1), 10, 1000);
        }
    }

    // Text columns cannot hold NUL.
    private static string Clean(string text) => text.Contains('\0') ? text.Replace("\0", "", StringComparison.Ordinal) : text;

    private static SqlText Order(LogSort sort) => new(sort == LogSort.TimestampDesc ? "l.timestamp desc, l.id desc" : "l.timestamp, l.id");
}
