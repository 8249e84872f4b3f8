using System.CommandLine;
using Reeve.Contract.WorkPools;

namespace Reeve.Cli.Commands.WorkPools;

/// <summary><c>work-pool update</c>.</summary>
internal static class WorkPoolUpdateCommand
{
    private static readonly Argument<string> Name = WorkPoolCommands.Name();
    private static readonly Option<string?> Template = new("--base-job-template") { Description = "JSON file with the base job template." };
    private static readonly Option<int?> Limit = new("--concurrency-limit") { Description = "Runs at a time." };
    private static readonly Option<bool> NoLimit = new("--no-concurrency-limit") { Description = "Any number of runs at a time." };
    private static readonly Option<string?> Description = new("--description") { Description = "What it is for." };

    public static Command Create(CliHost host) => new Command("update", "Change a work pool.") { Name, Template, Limit, NoLimit, Description }.Runs(host, RunAsync);

    private static async Task RunAsync(CommandContext context, CancellationToken cancel)
    {
        var update = new WorkPoolUpdate();
        if (context.Get(Template) is { } file) update.BaseJobTemplate = WorkPoolTemplates.Read(file);
        if (context.Has(Limit)) update.ConcurrencyLimit = context.Get(Limit);
        if (context.Get(NoLimit)) update.ConcurrencyLimit = new Contract.Optional<int?>(null);
        if (context.Has(Description)) update.Description = context.Get(Description);
        if (!update.BaseJobTemplate.HasValue && !update.ConcurrencyLimit.HasValue && !update.Description.HasValue)
            throw new CliException("Nothing to change was given: name --base-job-template, --concurrency-limit, --no-concurrency-limit or --description.", ExitCode.Usage);
        await context.Client.WorkPools.UpdateAsync(context.Get(Name), update, cancel);
        context.Output.Line($"Changed work pool '{context.Get(Name)}'.");
    }
}
