using System.CommandLine;
using System.Net;
using Reeve.Client;
using Reeve.Contract;
using Reeve.Contract.WorkPools;

namespace Reeve.Cli.Commands.WorkPools;

/// <summary><c>work-pool create</c>.</summary>
internal static class WorkPoolCreateCommand
{
    private static readonly Argument<string> Name = WorkPoolCommands.Name();
    private static readonly Option<string> Type = new("--type", "-t") { Description = "What kind of workers serve it.", DefaultValueFactory = _ => "process" };
    private static readonly Option<string?> Template = new("--base-job-template") { Description = "JSON file with the base job template." };
    private static readonly Option<bool> Paused = new("--paused") { Description = "Create it paused." };
    private static readonly Option<int?> Limit = new("--concurrency-limit") { Description = "Runs at a time." };
    private static readonly Option<string?> Description = new("--description") { Description = "What it is for." };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Change the pool if it exists." };
    private static readonly Option<bool> SetAsDefault = new("--set-as-default") { Description = "Use it for deployments that name none." };

    public static Command Create(CliHost host) =>
        new Command("create", "Create a work pool.") { Name, Type, Template, Paused, Limit, Description, Overwrite, SetAsDefault }.Runs(host, RunAsync);

    private static async Task RunAsync(CommandContext context, CancellationToken cancel)
    {
        var template = await WorkPoolTemplates.FindAsync(context, context.Get(Type)!, context.Get(Template), cancel);
        var pool = await CreateAsync(context, template, cancel);
        if (context.Get(SetAsDefault)) Config.ConfigWriter.Set(context, ["PREFECT_DEFAULT_WORK_POOL_NAME=" + pool.Name]);
        if (context.IsJson) context.Output.Json(pool, ReeveJson.TypeInfo<WorkPoolResponse>());
        else context.Output.Line($"Created work pool '{pool.Name}' of type '{pool.Type}'. Start a worker: reeve worker start --pool '{pool.Name}'");
    }

    private static async Task<WorkPoolResponse> CreateAsync(CommandContext context, Core.RawJson template, CancellationToken cancel)
    {
        var name = context.Get(Name);
        try
        {
            return await context.Client.WorkPools.CreateAsync(
                new WorkPoolCreate
                {
                    Name = name,
                    Type = context.Get(Type)!,
                    BaseJobTemplate = template,
                    IsPaused = context.Get(Paused),
                    ConcurrencyLimit = context.Get(Limit),
                    Description = context.Get(Description),
                },
                cancel);
        }
        catch (ApiException error) when (error.Status == HttpStatusCode.Conflict)
        {
            if (!context.Get(Overwrite)) throw new CliException($"There already is a work pool '{name}'. Change it with --overwrite, or choose another name.");
        }

        var update = new WorkPoolUpdate { BaseJobTemplate = template };
        if (context.Has(Paused)) update.IsPaused = context.Get(Paused);
        if (context.Has(Limit)) update.ConcurrencyLimit = context.Get(Limit);
        if (context.Has(Description)) update.Description = context.Get(Description);
        await context.Client.WorkPools.UpdateAsync(name, update, cancel);
        return await context.Client.WorkPools.ReadAsync(name, cancel);
    }
}
