using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.FlowRuns;
using Reeve.Server.Orchestration;
using Reeve.Testing;

namespace Reeve.Server.Tests.Orchestration;

/// <summary>What a transition asks of the database: one round trip to load, with the task run that moves along with a subflow, and one to write.</summary>
public sealed class TransitionCostTests
{
    /// <summary>Transitions of a run that is alone, of one whose deployment has a limit, and of a subflow. What is refused writes nothing.</summary>
    private const string Table = """
        run      | to         | round trips | statements
        plain    | PENDING    | 2           | 5
        plain    | RUNNING    | 2           | 5
        plain    | COMPLETED  | 2           | 5
        plain    | PAUSED     | 1           | 2
        deployed | PENDING    | 2           | 10
        deployed | RUNNING    | 2           | 8
        deployed | COMPLETED  | 2           | 10
        deployed | CANCELLING | 1           | 2
        subflow  | PENDING    | 2           | 9
        subflow  | RUNNING    | 2           | 9
        subflow  | COMPLETED  | 2           | 9
        """;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_transition_loads_once_and_writes_once(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var transitions = server.Server.Services.GetRequiredService<FlowRunTransitions>();
        var (_, flow) = await server.PostAsync("flows/", """{"name":"f"}""");
        var (_, deployment) = await server.PostAsync("deployments/", $$"""{"name":"d","flow_id":"{{flow!["id"]}}","concurrency_limit":1}""");
        var (_, plain) = await server.PostAsync("flow_runs/", $$$"""{"flow_id":"{{{flow["id"]}}}","state":{"type":"SCHEDULED"}}""");
        var (_, deployed) = await server.PostAsync($"deployments/{deployment!["id"]}/create_flow_run");
        var (_, task) = await server.PostAsync("task_runs/", $$"""{"flow_run_id":"{{plain!["id"]}}","task_key":"t","dynamic_key":"0"}""");
        var (_, subflow) = await server.PostAsync("flow_runs/", $$$"""{"flow_id":"{{{flow["id"]}}}","parent_task_run_id":"{{{task!["id"]}}}","state":{"type":"SCHEDULED"}}""");
        var runs = new Dictionary<string, Guid> { ["plain"] = Id(plain), ["deployed"] = Id(deployed), ["subflow"] = Id(subflow) };
        var mismatches = new List<string>();
        foreach (var line in Table.Split('\n').Skip(1))
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            var (meter, status) = await MoveAsync(transitions, runs[cells[0]], Enum.Parse<StateType>(cells[1], ignoreCase: true));
            // A connection that is new to the pool brings a statement of its own.
            var more = meter.Statements - int.Parse(cells[3], CultureInfo.InvariantCulture);
            if ($"{meter.RoundTrips}" != cells[2] || more is not (0 or 1)) mismatches.Add($"{line}: {status}, {meter.RoundTrips} round trips, {meter.Statements} statements");
        }

        Assert.True(mismatches.Count == 0, string.Join('\n', mismatches));
    }

    private static async Task<(DbMeter Meter, SetStateStatus Status)> MoveAsync(FlowRunTransitions transitions, Guid run, StateType type)
    {
        var meter = new DbMeter();
        DbMeter.Current = meter;
        var moved = await transitions.ProposeAsync(run, new FlowRunProposal(type), FlowRunPolicyKind.Core, TransitionCaller.Server, CancellationToken.None);
        return (meter, moved!.Decision.Status);
    }

    private static Guid Id(System.Text.Json.Nodes.JsonNode? run) => Guid.Parse((string)run!["id"]!);
}
