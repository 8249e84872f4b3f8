namespace Reeve.Data.Schema;

/// <summary>The state of one database, as found by <see cref="SchemaInspector"/>.</summary>
/// <param name="Kind">What the database holds.</param>
/// <param name="PrefectRevision">The content of <c>alembic_version</c>; null when there is none.</param>
/// <param name="HasJournal">Whether the table <c>reeve_migration</c> exists.</param>
/// <param name="Applied">Numbers of our own migrations recorded as done, ascending.</param>
/// <param name="Pending">Our own migrations still to do, ascending.</param>
/// <param name="Unrecognised">Recorded migrations this program does not have, as <c>number_name</c>: a newer Reeve was here.</param>
/// <param name="Tables">Every table of the database's schema, by name.</param>
public sealed record SchemaState(
    SchemaKind Kind,
    string? PrefectRevision,
    bool HasJournal,
    IReadOnlyList<int> Applied,
    IReadOnlyList<Migration> Pending,
    IReadOnlyList<string> Unrecognised,
    IReadOnlyList<string> Tables)
{
    /// <summary>True when the server can work on the database as it is.</summary>
    public bool IsCurrent => Kind == SchemaKind.PrefectAtHead && HasJournal && Pending.Count == 0;
}
