namespace Reeve.Data;

/// <summary>
/// Statements that go to the database together: one round trip, and one transaction when written.
/// Each statement gives a <see cref="DbResult{T}"/> that is filled when the batch has run.
/// </summary>
public sealed class SqlBatch
{
    private readonly List<DbStatement> _statements = [];
    private List<string>? _signals;
    private List<string>? _localSignals;

    internal IReadOnlyList<DbStatement> Statements => _statements;
    internal IReadOnlyList<string> Signals => _signals ?? (IReadOnlyList<string>)[];

    /// <summary>Topics to wake in this process after the commit, those of <see cref="Signal"/> included.</summary>
    internal IEnumerable<string> LocalSignals => Signals.Concat(_localSignals ?? (IReadOnlyList<string>)[]);

    public bool IsEmpty => _statements.Count == 0 && _signals is null;

    /// <summary>A statement whose answer is the number of rows it changed.</summary>
    public DbResult<int> Execute(Sql sql)
    {
        var result = new DbResult<int>();
        _statements.Add(new DbStatement.Command(sql, result));
        return result;
    }

    /// <summary>The first row, or the default where there is none.</summary>
    public DbResult<T?> One<T>(Sql sql, Func<DbRow, T> map)
    {
        var result = new DbResult<T?>();
        _statements.Add(new DbStatement.First<T>(sql, map, result));
        return result;
    }

    public DbResult<List<T>> List<T>(Sql sql, Func<DbRow, T> map)
    {
        var result = new DbResult<List<T>> { Value = [] };
        _statements.Add(new DbStatement.All<T>(sql, map, result));
        return result;
    }

    /// <summary>
    /// The batch is written only if <paramref name="condition"/> holds at this place in it; otherwise nothing of it is, and the
    /// error's kind is <see cref="DatabaseErrorKind.Overtaken"/>. For what was decided on rows that may have changed since they were read: lock
    /// them in the condition (<c>for update</c>), so that they stay as they are until the batch is through.
    /// </summary>
    /// <param name="condition">Must read a table: what is constant may be judged before the statements ahead of it have run.</param>
    public void Require(Sql condition) => _statements.Add(new DbStatement.Requirement(condition));

    /// <summary>
    /// Wakes whoever waits for <paramref name="topic"/> in any process, when and only when the batch commits.
    /// Not for hot paths: PostgreSQL serialises the commits of transactions that notify.
    /// </summary>
    public void Signal(string topic) => (_signals ??= []).Add(topic);

    /// <summary>Wakes this process's waiters for <paramref name="topic"/> when the batch commits. Costs the database nothing.</summary>
    public void SignalHere(string topic) => (_localSignals ??= []).Add(topic);
}
