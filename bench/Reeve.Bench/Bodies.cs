using System.Text;
using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.OpenApi;
using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Filters;

namespace Reeve.Bench;

/// <summary>What is measured: each is one piece of work that requests are made of.</summary>
internal static class Bodies
{
    private static readonly TransitionContext Context = new() { Now = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero) };

    private static readonly FlowRunSnapshot Pending = FlowRun(StateType.Pending);
    private static readonly FlowRunSnapshot Running = FlowRun(StateType.Running);
    private static readonly FlowRunSnapshot Cancelling = FlowRun(StateType.Cancelling);

    private static readonly TaskRunSnapshot RunningTask = new()
    {
        Id = Guid.NewGuid(), Tags = [], EmpiricalPolicy = TaskRunPolicy.Empty, State = StateOf(StateType.Running), Columns = Columns(StateType.Running),
    };

    private static readonly byte[] PageBody = Encoding.UTF8.GetBytes(
        """
        {"page":1,"limit":100,"sort":"START_TIME_DESC","flow_runs":{"operator":"and_","state":{"operator":"and_","name":{"any_":["Late"]}},
        "tags":{"operator":"and_","all_":["a"]},"expected_start_time":{"after_":"2026-03-01T00:00:00Z","before_":"2026-03-02T00:00:00Z"}},
        "flows":{"operator":"and_","id":{"any_":["3f2b0b9e-6e0c-4e0e-9c6f-0d7f2a8f5a11"]}},"work_pools":{"operator":"and_","name":{"any_":["p"]}}}
        """);

    private static readonly byte[] CreateBody = Encoding.UTF8.GetBytes(
        """{"flow_id":"3f2b0b9e-6e0c-4e0e-9c6f-0d7f2a8f5a11","name":"brave-gecko","parameters":{"x":1},"tags":["a"],"state":{"type":"SCHEDULED"}}""");

    private static readonly FlowRunResponse Answer = new()
    {
        Id = Guid.NewGuid(), Name = "brave-gecko", Tags = ["a"], FlowId = Guid.NewGuid(), StateType = StateType.Running, StateName = "Running", State = StateOf(StateType.Running),
    };

    private static readonly Operation Page = OpenApiDocument.Find("POST", "/flow_runs/paginate")!;

    public static IReadOnlyList<(string Name, Action Body)> All { get; } =
    [
        ("decide flow run PENDING to RUNNING", static () => Decide(Pending, StateType.Running)),
        ("decide flow run RUNNING to COMPLETED", static () => Decide(Running, StateType.Completed)),
        ("decide flow run refused", static () => Decide(Cancelling, StateType.Running)),
        ("decide task run RUNNING to COMPLETED", static () =>
            TaskRunOrchestration.Decide(RunningTask, StateProposal.Create(StateType.Completed, Context), TaskRunPolicyKind.Core, TaskRunFacts.None, Context)),
        ("filter of the runs page to SQL", static () => Filter(Dialect.Postgres)),
        ("filter of the runs page to SQL (SQLite)", static () => Filter(Dialect.Sqlite)),
        ("check a body against the document", static () => Page.CheckBody(PageBody, strict: true, out _)),
        ("read the body of a create", static () => JsonSerializer.Deserialize(CreateBody, ReeveJson.TypeInfo<FlowRunCreate>())),
        ("read the body of the runs page", static () => JsonSerializer.Deserialize(PageBody, ReeveJson.TypeInfo<FlowRunPaginateRequest>())),
        ("evaluate an event over 10 automations", Triggers.Over(10)),
        ("evaluate an event over 1000 automations", Triggers.Over(1000)),
        ("write a flow run", static () => JsonSerializer.SerializeToUtf8Bytes(Answer, ReeveJson.TypeInfo<FlowRunResponse>())),
    ];

    private static readonly FlowRunPaginateRequest Asked = JsonSerializer.Deserialize(PageBody, ReeveJson.TypeInfo<FlowRunPaginateRequest>())!;

    private static void Decide(FlowRunSnapshot run, StateType to) =>
        FlowRunOrchestration.Decide(run, StateProposal.Create(to, Context), FlowRunPolicyKind.Core, FlowRunFacts.None, Context);

    private static void Filter(Dialect dialect) =>
        new RelatedFilters { FlowRuns = Asked.FlowRuns, Flows = Asked.Flows, WorkPools = Asked.WorkPools }.ForFlowRuns("r", dialect).Render();

    private static FlowRunSnapshot FlowRun(StateType type) => new()
    {
        Id = Guid.NewGuid(), Name = "brave-gecko", EmpiricalPolicy = FlowRunPolicy.Empty, State = StateOf(type), Columns = Columns(type),
    };

    private static State StateOf(StateType type) => new()
    {
        Id = Guid.NewGuid(), Type = type, Name = type.DefaultName(), Timestamp = Context.Now.AddMinutes(-1), StateDetails = StateDetails.Empty,
    };

    private static RunColumns Columns(StateType type) => new()
    {
        StateType = type, StateName = type.DefaultName(), StateTimestamp = Context.Now.AddMinutes(-1), RunCount = 1, ExpectedStartTime = Context.Now.AddMinutes(-2), StartTime = Context.Now.AddMinutes(-1),
    };
}
