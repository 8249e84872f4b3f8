namespace Reeve.Data;

/// <summary>A moment at which a fault may strike: before a statement, or before the commit (no statement).</summary>
public readonly record struct DbStep(string? Statement)
{
    public bool IsCommit => Statement is null;
}
