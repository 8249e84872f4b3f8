namespace Reeve.Data;

/// <summary>Which database a statement is for, where its text must differ.</summary>
public enum Dialect
{
    Postgres,
    Sqlite,
}
