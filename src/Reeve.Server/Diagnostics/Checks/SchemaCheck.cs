using Reeve.Data.Schema;

namespace Reeve.Server.Diagnostics.Checks;

/// <summary>The tables are those this program works with.</summary>
internal sealed class SchemaCheck(DiagnosticsStore store) : ICheck
{
    public string Name => "schema";

    public bool NeedsDatabase => true;

    public async Task<CheckResult> RunAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var migrations = (store.IsSqlite ? SchemaDialect.Sqlite : SchemaDialect.Postgres).Migrations;
        var (revision, applied) = await store.SchemaAsync(cancel);
        if (revision != migrations.PrefectHead)
            return CheckResult.Fail(
                $"Prefect's revision is {revision ?? "not recorded"}; this program works with {migrations.PrefectHead}.", "Another version of Prefect has migrated the database.",
                "If it is older: reeve server database upgrade. If it is newer: use a Reeve that knows it.");
        var own = migrations.Own.Select(static migration => migration.Number).ToList();
        var pending = own.Except(applied).ToList();
        if (pending.Count > 0)
            return CheckResult.Fail($"Migrations {string.Join(", ", pending)} have not been done.", "A newer Reeve runs on a database that was not upgraded.", "Run: reeve server database upgrade");
        var newer = applied.Except(own).ToList();
        if (newer.Count > 0)
            return CheckResult.Warn($"Migrations {string.Join(", ", newer)} are unknown to this process.", "A newer Reeve has upgraded the database; this one is older.", "Upgrade this process to the version of the others.");
        return CheckResult.Ok($"Prefect's revision is {revision}; migration {applied[^1]} is the last of ours.");
    }
}
