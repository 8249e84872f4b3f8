using System.CommandLine;
using System.Globalization;
using Reeve.Data.Schema;
using Reeve.Settings.Views;

namespace Reeve.Cli.Commands.Server;

/// <summary>The group <c>server database</c>: the schema, by hand.</summary>
internal static class DatabaseCommands
{
    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask." };
    private static readonly Option<bool> Plan = new("--plan", "--dry-run") { Description = "Print what would be done as SQL and do nothing." };
    private static readonly Option<string?> Revision = new("--revision", "-r") { Description = "For downgrade, the number of the last of Reeve's migrations to keep, or -1 to take back the last one; 0 (the default) leaves a Prefect database." };
    private static readonly Argument<string> StampRevision = new("revision") { Description = "head, a Prefect revision, or the number of one of Reeve's migrations." };

    public static Command Create(CliHost host) => new("database", "Tend the server's database.")
    {
        new Command("upgrade", "Make or complete the schema. A Prefect database is adopted.") { Yes, Plan, Revision }.Runs(host, UpgradeAsync),
        new Command("downgrade", "Take back Reeve's own additions, so that Prefect can use the database again.") { Yes, Plan, Revision }.Runs(host, DowngradeAsync),
        new Command("reset", "Drop everything and make the schema anew. All data is lost.") { Yes, Plan }.Runs(host, ResetAsync),
        new Command("stamp", "Record a revision as reached without changing anything.") { StampRevision, Plan }.Runs(host, StampAsync),
        new Command("revision", "Print which revision the database is at.").Runs(host, ShowAsync),
    };

    private static Task UpgradeAsync(CommandContext context, CancellationToken cancel)
    {
        if (context.Get(Revision) is { } revision and not "head")
            throw new CliException($"Only an upgrade to head is possible, not to '{revision}'.", ExitCode.Usage);
        var migrator = Open(context);
        return ApplyAsync(context, migrator.PlanUpgradeAsync, migrator.UpgradeAsync, "Upgrade the database?", "The database is up to date.", cancel);
    }

    private static async Task DowngradeAsync(CommandContext context, CancellationToken cancel)
    {
        var target = 0;
        if (context.Get(Revision) is { } text && !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out target))
        {
            throw new CliException(
                $"--revision '{text}' is not the number of one of Reeve's migrations; 0 takes back all of them and -1 the last one. "
                + "To go further back, take all of Reeve's back and then run Prefect's own `prefect server database downgrade`; to drop every table: reeve server database reset.",
                ExitCode.Usage);
        }

        var migrator = Open(context);
        if (target < 0) target = Math.Max(0, (await migrator.InspectAsync(cancel)).Applied.DefaultIfEmpty(0).Max() + target);
        await ApplyAsync(
            context, token => migrator.PlanDowngradeAsync(target, token), token => migrator.DowngradeAsync(target, token),
            "Take back Reeve's additions to the database?", "There is nothing to take back.", cancel);
    }

    private static Task ResetAsync(CommandContext context, CancellationToken cancel)
    {
        var migrator = Open(context);
        return ApplyAsync(
            context, migrator.PlanResetAsync, migrator.ResetAsync, "Delete everything in the database? All flows, runs and logs will be lost.",
            "There is nothing to reset.", cancel);
    }

    private static async Task StampAsync(CommandContext context, CancellationToken cancel)
    {
        var migrator = Open(context);
        var revision = context.Get(StampRevision);
        if (context.Get(Plan))
        {
            context.Output.Raw((await migrator.PlanStampAsync(revision, cancel)).ToString());
            return;
        }

        await migrator.StampAsync(revision, cancel);
        context.Output.Line($"Recorded {revision}.");
    }

    private static async Task ShowAsync(CommandContext context, CancellationToken cancel)
    {
        var state = await Open(context).InspectAsync(cancel);
        if (context.IsJson)
        {
            context.Output.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("holds", state.Kind.ToString());
                writer.WriteString("prefect_revision", state.PrefectRevision);
                Numbers("applied", state.Applied);
                Numbers("pending", [.. state.Pending.Select(migration => migration.Number)]);
                writer.WriteBoolean("current", state.IsCurrent);
                writer.WriteEndObject();

                void Numbers(string name, IReadOnlyList<int> numbers)
                {
                    writer.WriteStartArray(name);
                    foreach (var number in numbers) writer.WriteNumberValue(number);
                    writer.WriteEndArray();
                }
            });
            return;
        }

        context.Output.Details(
        [
            ("Database", new ServerSettings(context.Settings).Database.Url.ToString()),
            ("Prefect revision", state.PrefectRevision),
            ("Reeve migrations", state.HasJournal ? string.Join(", ", state.Applied) : "none"),
            ("Pending", state.Pending.Count == 0 ? "none" : string.Join(", ", state.Pending)),
            ("Up to date", state.IsCurrent ? "yes" : "no; run: reeve server database upgrade"),
        ]);
    }

    private static async Task ApplyAsync(
        CommandContext context, Func<CancellationToken, Task<MigrationPlan>> plan, Func<CancellationToken, Task<MigrationPlan>> apply,
        string question, string nothing, CancellationToken cancel)
    {
        var planned = await plan(cancel);
        if (context.Get(Plan))
        {
            context.Output.Raw(planned.Steps.Count == 0 ? $"-- {nothing}" : planned.ToString());
            return;
        }

        if (planned.Steps.Count == 0)
        {
            context.Output.Line(nothing);
            return;
        }

        foreach (var step in planned.Steps) context.Output.Line($"  {step.Name}");
        context.Output.Confirm(question, context.Get(Yes));
        await apply(cancel);
        context.Output.Line("Done.");
    }

    private static Migrator Open(CommandContext context) => Reeve.Server.Hosting.Database.CreateMigrator(new ServerSettings(context.Settings).Database, context.Host.Clock);
}
