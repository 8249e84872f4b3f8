namespace Reeve.Data;

/// <summary>Text that is spliced into a statement as it stands. Only for constants of our own: column lists, table names.</summary>
public readonly record struct SqlText(string Value)
{
    public override string ToString() => Value;
}
