using System.Data.Common;
using System.Globalization;

namespace Reeve.Data.Schema;

/// <summary>Tells what a database holds. It only reads.</summary>
public static class SchemaInspector
{
    internal const string VersionTable = "alembic_version";
    internal const string JournalTable = "reeve_migration";
    internal const string OwnPrefix = "reeve_";

    /// <summary>Looks at the database behind an open connection, in its current schema.</summary>
    public static async Task<SchemaState> InspectAsync(
        SchemaDialect dialect, DbConnection connection, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        ArgumentNullException.ThrowIfNull(connection);

        var tables = (await connection.RowsAsync(dialect.TablesQuery, cancellation)).ConvertAll(r => r[0]);
        var revisions = tables.Contains(VersionTable)
            ? await connection.RowsAsync($"select version_num from {VersionTable} order by version_num", cancellation)
            : [];
        var revision = revisions.Count == 0 ? null : string.Join(',', revisions.Select(r => r[0]));
        var hasJournal = tables.Contains(JournalTable);
        var recorded = hasJournal
            ? await connection.RowsAsync($"select number, name from {JournalTable} order by number", cancellation)
            : [];

        var own = dialect.Migrations.Own;
        var numbers = recorded.ConvertAll(r => int.Parse(r[0], CultureInfo.InvariantCulture));
        var applied = own.Where(m => recorded.Exists(r => r[0] == m.Number.ToString(CultureInfo.InvariantCulture) && r[1] == m.Name));
        return new SchemaState(
            Classify(dialect.Migrations, tables, revision),
            revision,
            hasJournal,
            [.. applied.Select(m => m.Number)],
            [.. own.Where(m => !numbers.Contains(m.Number))],
            [.. recorded.Select((r, i) => $"{numbers[i]:D4}_{r[1]}").Except(own.Select(m => m.ToString()), StringComparer.Ordinal)],
            tables);
    }

    private static SchemaKind Classify(MigrationCatalogue migrations, List<string> tables, string? revision)
    {
        if (revision is null)
            return tables.TrueForAll(t => t == VersionTable) ? SchemaKind.Empty : SchemaKind.Unknown;
        if (revision == migrations.PrefectHead)
            return SchemaKind.PrefectAtHead;
        return migrations.PrefectRevisions.Contains(revision) ? SchemaKind.OlderPrefect : SchemaKind.NewerOrUnknownPrefect;
    }
}
