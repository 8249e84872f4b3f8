namespace Reeve.Data.Schema;

/// <summary>One numbered pair of scripts for one dialect.</summary>
/// <param name="Number">0 for Prefect's own tables, 1 and up for ours.</param>
/// <param name="Name">The part of the file name after the number.</param>
/// <param name="Up">What makes it.</param>
/// <param name="Down">What takes it back.</param>
public sealed record Migration(int Number, string Name, MigrationScript Up, MigrationScript Down)
{
    /// <summary>The file name without its extension, such as <c>0001_outbox</c>.</summary>
    public override string ToString() => $"{Number:D4}_{Name}";
}
