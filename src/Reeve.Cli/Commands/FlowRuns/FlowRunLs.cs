using System.CommandLine;
using Reeve.Cli.Output;
using Reeve.Contract;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.Flows;
using Reeve.Core.Orchestration;

namespace Reeve.Cli.Commands.FlowRuns;

/// <summary><c>flow-run ls</c>.</summary>
internal static class FlowRunLs
{
    private static readonly Option<int> Limit = new("--limit") { Description = "How many at most, 1 to 200.", DefaultValueFactory = _ => 15 };
    private static readonly Option<string[]> FlowName = new("--flow-name") { Description = "Only runs of this flow. May be repeated." };
    private static readonly Option<string[]> State = new("--state") { Description = "Only runs in this state, by name. May be repeated." };
    private static readonly Option<StateType[]> Type = new("--state-type") { Description = "Only runs in a state of this type. May be repeated." };

    public static Command Create(CliHost host) => new Command("ls", "List flow runs, the latest first.") { Limit, FlowName, State, Type }.Runs(host, RunAsync);

    private static async Task RunAsync(CommandContext context, CancellationToken cancel)
    {
        var filter = new FlowRunFilterRequest { Limit = context.Get(Limit), Sort = FlowRunSort.ExpectedStartTimeDesc };
        if (context.Get(State) is { Length: > 0 } names) filter.FlowRuns = new FlowRunFilter { State = new FlowRunFilterState { Name = new FlowRunFilterStateName { Any = [.. names] } } };
        if (context.Get(Type) is { Length: > 0 } types)
        {
            filter.FlowRuns ??= new FlowRunFilter { State = new FlowRunFilterState() };
            filter.FlowRuns.State!.Type = new FlowRunFilterStateType { Any = [.. types] };
        }

        if (context.Get(FlowName) is { Length: > 0 } flows) filter.Flows = new FlowFilter { Name = new FlowFilterName { Any = [.. flows] } };
        var runs = await context.Client.FlowRuns.FilterAsync(filter, cancel);
        if (context.IsJson)
        {
            context.Output.Json(runs, ReeveJson.TypeInfo<List<FlowRunResponse>>());
            return;
        }

        var known = new Dictionary<Guid, string>();
        if (runs.Count > 0)
        {
            var ids = runs.Select(run => run.FlowId).Distinct().ToList();
            foreach (var flow in await context.Client.Flows.FilterAsync(new FlowFilterRequest { Flows = new FlowFilter { Id = new FlowFilterId { Any = ids } } }, cancel)) known[flow.Id] = flow.Name;
        }

        var now = context.Host.Clock.GetUtcNow();
        context.Output.Table(
            ["Id", "Flow", "Name", "State", "When"],
            [.. runs.Select(run => new[]
            {
                run.Id.ToString(), known.GetValueOrDefault(run.FlowId, "?"), run.Name, run.StateName ?? "-",
                TimeText.Relative(run.StartTime ?? run.ExpectedStartTime, now),
            })],
            "There are no flow runs.");
    }
}
