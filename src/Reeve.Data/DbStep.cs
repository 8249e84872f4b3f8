namespace Reeve.Data;

/// <summary>A moment at which a fault may strike: before a statement, or before the commit (no statement).</summary>
/// <param name="Statement">The text as the stores wrote it, parameters numbered.</param>
/// <param name="Sql">The same with its parameters' values.</param>
public readonly record struct DbStep(string? Statement, Sql? Sql = null)
{
    public bool IsCommit => Statement is null;
}
