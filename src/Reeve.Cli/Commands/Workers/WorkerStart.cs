using System.CommandLine;
using System.Globalization;
using Reeve.Cli.Hosting;
using Reeve.Worker;

namespace Reeve.Cli.Commands.Workers;

/// <summary><c>worker start</c>.</summary>
internal static class WorkerStart
{
    private static readonly Option<string> Pool = new("--pool", "-p") { Description = "The work pool to poll.", Required = true };
    private static readonly Option<string?> Type = new("--type", "-t") { Description = "Type of the pool, if it has to be created: process." };
    private static readonly Option<string?> Name = new("--name", "-n") { Description = "The worker's name; by default made of the machine's name and the process id." };
    private static readonly Option<string[]> Queue = new("--work-queue", "-q") { Description = "Poll only this queue; may be repeated.", AllowMultipleArgumentsPerToken = false };
    private static readonly Option<int?> Limit = new("--limit", "-l") { Description = "Runs at a time; without one any number." };
    private static readonly Option<double?> Prefetch = new("--prefetch-seconds") { Description = "How far ahead of its time a run may be taken. [PREFECT_WORKER_PREFETCH_SECONDS]" };
    private static readonly Option<bool> RunOnce = new("--run-once") { Description = "Run what is due now, then end." };
    private static readonly Option<bool> WithHealthcheck = new("--with-healthcheck") { Description = "Accepted, without effect.", Hidden = true };
    private static readonly Option<string?> InstallPolicy = new("--install-policy") { Description = "Accepted, without effect: nothing needs installing.", Hidden = true };
    private static readonly Option<bool> NoCreate = new("--no-create-pool-if-not-found") { Description = "Fail when the pool does not exist." };
    private static readonly Option<bool> CreatePool = new("--create-pool-if-not-found") { Description = "Create the pool when it does not exist; the default." };

    public static Command CreateGroup(CliHost host) => new("worker", "Run workers.")
    {
        new Command("start", "Start a worker, which runs the flow runs of a work pool as processes on this machine.")
        {
            Pool, Type, Name, Queue, Limit, Prefetch, RunOnce, CreatePool, NoCreate, WithHealthcheck, InstallPolicy,
        }.Runs(host, RunAsync),
    };

    private static async Task RunAsync(CommandContext context, CancellationToken cancel)
    {
        context.TakeSetting(Prefetch, "PREFECT_WORKER_PREFETCH_SECONDS");
        if (context.Get(Limit) is < 1) throw new CliException("--limit must be 1 or more.", ExitCode.Usage);
        var name = context.Get(Name) ?? DefaultName();
        var options = WorkerFactory.Options(context.Settings, context.Get(Pool)!, name) with
        {
            Type = context.Get(Type),
            Queues = context.Get(Queue) ?? [],
            Limit = context.Get(Limit),
            RunOnce = context.Get(RunOnce),
            CreatePool = !context.Get(NoCreate),
        };
        using var signals = new TerminationSignals(context.Host, cancel);
        using var client = ClientFactory.Create(context.Settings, context.Host.Clock, waitForServer: true);
        var log = new WorkerConsole(context.Host, context.Settings);
        await new FlowRunWorker(options, client, context.Host.Clock, log).RunAsync(signals.Token);
    }

    private static string DefaultName() => string.Create(CultureInfo.InvariantCulture, $"ProcessWorker {Environment.MachineName}-{Environment.ProcessId}");
}
