namespace Reeve.Data;

/// <summary>A statement of a batch and where its answer goes.</summary>
internal abstract class DbStatement(Sql sql)
{
    public Sql Sql { get; } = sql;

    /// <summary>Empties the answer, so that a batch can run again after a lost race.</summary>
    public abstract void Reset();

    /// <summary>Takes a row; false when no further row is wanted.</summary>
    public abstract bool Take(DbRow row);

    public virtual void Done(int changed) { }

    public sealed class Command(Sql sql, DbResult<int> result) : DbStatement(sql)
    {
        public override void Reset() => result.Value = 0;
        public override bool Take(DbRow row) => true;
        public override void Done(int changed) => result.Value = changed;
    }

    public sealed class First<T>(Sql sql, Func<DbRow, T> map, DbResult<T?> result) : DbStatement(sql)
    {
        public override void Reset() => result.Value = default;

        public override bool Take(DbRow row)
        {
            result.Value = map(row);
            return false;
        }
    }

    public sealed class All<T>(Sql sql, Func<DbRow, T> map, DbResult<List<T>> result) : DbStatement(sql)
    {
        public override void Reset() => result.Value = [];

        public override bool Take(DbRow row)
        {
            result.Value.Add(map(row));
            return true;
        }
    }

    /// <summary>Fails the batch unless a condition holds: a text that is no number cannot be made one (PostgreSQL), or is 0 (SQLite).</summary>
    public sealed class Requirement(Sql condition)
        : DbStatement($"select cast(case when {condition} then '1' else 'overtaken: the rows are not as they were when they were read' end as integer)")
    {
        /// <summary>What PostgreSQL's message quotes of the text, whatever its language.</summary>
        public const string Sign = "\"overtaken: ";

        public override void Reset() { }

        public override bool Take(DbRow row) => row.GetInt32(0) == 1 ? false : throw Overtaken(null);

        public static DatabaseException Overtaken(Exception? inner) => new(
            DatabaseErrorKind.Overtaken, "Somebody else changed the same rows at the same time. Nothing was written; try again.", null, inner);
    }
}
