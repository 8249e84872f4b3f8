using System.Globalization;

namespace Reeve.Data.Schema;

/// <summary>Decides what has to be done; it touches no database.</summary>
internal static class MigrationPlanner
{
    private const string Journal = SchemaInspector.JournalTable;

    /// <summary>From what is there to everything this program needs.</summary>
    public static MigrationPlan Upgrade(SchemaDialect dialect, SchemaState state)
    {
        Refuse(dialect, state, "Nothing was changed.");
        var conflict = state.Unrecognised.FirstOrDefault(u => int.Parse(u.AsSpan(0, 4), CultureInfo.InvariantCulture) <= dialect.Migrations.Last);
        if (conflict is not null)
            throw new SchemaException(
                $"The database records the migration {conflict}, but this program has another one of that number: it was migrated by a different build. "
                + "Run the build that made it, or downgrade with that build first. Nothing was changed.");

        var steps = new List<MigrationStep>();
        if (state.Kind == SchemaKind.Empty)
            steps.Add(new MigrationStep("create the tables of Prefect", dialect.Migrations.Baseline.Up.Statements));
        if (!state.HasJournal)
            steps.Add(new MigrationStep($"create the table {Journal}", [dialect.CreateJournal]));
        steps.AddRange(state.Pending.Select(m =>
            new MigrationStep($"apply migration {m}", [.. m.Up.Statements, Record(m)], m.Up.Transactional)));
        return new MigrationPlan(steps);
    }

    /// <summary>Takes back our own migrations above a number; at 0 the journal goes too and Prefect's tables alone are left.</summary>
    public static MigrationPlan Downgrade(SchemaDialect dialect, SchemaState state, int target)
    {
        CheckNumber(dialect, target);
        if (!state.HasJournal)
            return MigrationPlan.Nothing;
        if (state.Unrecognised.Count > 0)
            throw new SchemaException(
                $"The database records migrations this program does not have ({string.Join(", ", state.Unrecognised)}). "
                + "Downgrade with the build that made them. Nothing was changed.");

        var steps = dialect.Migrations.Own.Reverse()
            .Where(m => m.Number > target && state.Applied.Contains(m.Number))
            .Select(m => new MigrationStep($"take back migration {m}", [.. m.Down.Statements, Forget(m.Number)], m.Down.Transactional))
            .ToList();
        if (target == 0)
            steps.Add(new MigrationStep($"drop the table {Journal}", [$"drop table {Journal}"]));
        return new MigrationPlan(steps);
    }

    /// <summary>Drops every table that is ours or Prefect's, with all rows, and makes them anew.</summary>
    public static MigrationPlan Reset(SchemaDialect dialect, SchemaState state)
    {
        Refuse(dialect, state, "Nothing was dropped.");
        if (state.Kind == SchemaKind.Empty)
            return Upgrade(dialect, state);
        var fresh = state with { Kind = SchemaKind.Empty, HasJournal = false, Applied = [], Pending = dialect.Migrations.Own };
        return new MigrationPlan(
        [
            .. Downgrade(dialect, state, target: 0).Steps,
            new MigrationStep("drop the tables of Prefect with everything in them", dialect.Migrations.Baseline.Down.Statements),
            .. Upgrade(dialect, fresh).Steps,
        ]);
    }

    /// <summary>Records a revision as reached without running anything.</summary>
    public static MigrationPlan Stamp(SchemaDialect dialect, SchemaState state, string revision)
    {
        if (revision == "head")
            return new MigrationPlan([.. StampPrefect(dialect.Migrations.PrefectHead), .. StampOwn(dialect, state, dialect.Migrations.Last)]);
        if (revision.Length <= 4 && int.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return new MigrationPlan(StampOwn(dialect, state, number));
        return dialect.Migrations.PrefectRevisions.Contains(revision)
            ? new MigrationPlan(StampPrefect(revision))
            : throw new SchemaException(
                $"'{revision}' is no revision. Give 'head', a Prefect revision such as {dialect.Migrations.PrefectHead}, "
                + $"or the number of one of our own migrations, 0 to {dialect.Migrations.Last}.");
    }

    private static MigrationStep[] StampPrefect(string revision) =>
    [
        new MigrationStep(
            $"record Prefect revision {revision}",
            [
                $"create table if not exists {SchemaInspector.VersionTable} (version_num varchar(32) not null, constraint alembic_version_pkc primary key (version_num))",
                $"delete from {SchemaInspector.VersionTable}",
                $"insert into {SchemaInspector.VersionTable} (version_num) values ('{revision}')",
            ]),
    ];

    private static MigrationStep[] StampOwn(SchemaDialect dialect, SchemaState state, int number)
    {
        CheckNumber(dialect, number);
        var statements = new List<string>();
        if (!state.HasJournal)
            statements.Add(dialect.CreateJournal);
        statements.Add($"delete from {Journal}");
        statements.AddRange(dialect.Migrations.Own.Where(m => m.Number <= number).Select(Record));
        return [new MigrationStep($"record our own migrations up to {number}", statements)];
    }

    private static void CheckNumber(SchemaDialect dialect, int number)
    {
        if (number < 0 || number > dialect.Migrations.Last)
            throw new SchemaException($"There is no migration {number}: this program has 0 to {dialect.Migrations.Last}.");
    }

    private static string Record(Migration migration) =>
        $"insert into {Journal} (number, name) values ({migration.Number}, '{migration.Name}')";

    private static string Forget(int number) => $"delete from {Journal} where number = {number}";

    private static void Refuse(SchemaDialect dialect, SchemaState state, string reassurance)
    {
        var head = dialect.Migrations.PrefectHead;
        var reason = state.Kind switch
        {
            SchemaKind.OlderPrefect =>
                $"The database is at Prefect revision {state.PrefectRevision}, older than {head} (Prefect 3.8), which this server works with. "
                + "Upgrade it first: run 'prefect server database upgrade -y' of a Prefect 3.8.x on this database, then start again.",
            SchemaKind.NewerOrUnknownPrefect =>
                $"The database is at revision {state.PrefectRevision}, which this server does not know; it works with {head} (Prefect 3.8). "
                + "If a newer Prefect made it, use a Reeve made for that version, or give this server a database of its own.",
            SchemaKind.Unknown =>
                $"The database holds tables that are not Prefect's ({Sample(state.Tables)}) and no Prefect revision. "
                + "Give this server an empty database, or one of a Prefect 3.8.x server.",
            _ => null,
        };
        if (reason is not null)
            throw new SchemaException($"{reason} {reassurance}");
    }

    private static string Sample(IReadOnlyList<string> tables) =>
        string.Join(", ", tables.Take(5)) + (tables.Count > 5 ? $" and {tables.Count - 5} more" : "");
}
