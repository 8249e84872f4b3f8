using System.Globalization;
using System.Text;

namespace Reeve.Load;

/// <summary>The twenty routes that clients, workers and the page ask for most, with the bodies they send.</summary>
internal sealed class HotRoutes(Places places, int clients, int rounds)
{
    private static readonly string[] States = ["PENDING", "RUNNING", "COMPLETED"];

    // Runs that this measurement made, by client and round: the states that follow go to them.
    private readonly Guid[,] _made = new Guid[clients, rounds];

    /// <summary>In the order they are measured: the runs that the states need are made first.</summary>
    public IReadOnlyList<HotRoute> All =>
    [
        // The client and the engine.
        new("POST /flow_runs/", turn => Call.Post("flow_runs/", $$$"""{"flow_id":"{{{Flow(turn)}}}","parameters":{"x":{{{turn.Round}}}},"tags":["load"],"state":{"type":"SCHEDULED"}}"""))
        {
            Keep = (turn, id) => _made[turn.Client, turn.Round] = id,
        },
        new("POST /flow_runs/{id}/set_state", turn => Call.Post(
            $"flow_runs/{_made[turn.Client, turn.Round / States.Length]}/set_state", $$$"""{"state":{"type":"{{{States[turn.Round % States.Length]}}}"},"force":false}""")),
        new("GET /flow_runs/{id}", turn => Call.Get($"flow_runs/{Run(turn)}")),
        new("GET /flows/{id}", turn => Call.Get($"flows/{Flow(turn)}")),
        new("GET /deployments/{id}", turn => Call.Get($"deployments/{Deployment(turn)}")),
        new("POST /deployments/{id}/create_flow_run", turn => Call.Post($"deployments/{Deployment(turn)}/create_flow_run", """{"parameters":{},"tags":["load"]}""")),
        new("POST /logs/", turn => Call.Post("logs/", Logs(turn))),
        new("POST /events", turn => Call.Post("events", Events(turn))),

        // Workers and serving processes.
        new("POST /work_pools/{name}/workers/heartbeat", turn => Call.Post($"work_pools/{Pool(turn)}/workers/heartbeat", $$"""{"name":"load-{{turn.Client}}","heartbeat_interval_seconds":30}""")),
        new("POST /work_pools/{name}/get_scheduled_flow_runs", turn => Call.Post(
            $"work_pools/{Pool(turn)}/get_scheduled_flow_runs", $$"""{"work_queue_names":[],"scheduled_before":"{{At(TimeSpan.FromSeconds(-10))}}","limit":10}""")),
        new("POST /deployments/get_scheduled_flow_runs", turn => Call.Post(
            "deployments/get_scheduled_flow_runs", $$"""{"deployment_ids":["{{Deployment(turn)}}"],"scheduled_before":"{{At(TimeSpan.FromSeconds(-10))}}","limit":10}""")),

        // The page: the dashboard, the runs, one run.
        new("POST /flow_runs/filter", turn => Call.Post("flow_runs/filter", $$$$$$"""{"limit":60,"sort":"EXPECTED_START_TIME_DESC","flow_runs":{"operator":"and_","deployment_id":{"operator":"and_","any_":["{{{{{{Deployment(turn)}}}}}}"]}}}""")),
        new("POST /flow_runs/paginate", _ => Call.Post("flow_runs/paginate", $$"""{"page":1,"limit":10,"sort":"START_TIME_DESC","flow_runs":{{Window}}}""")),
        new("POST /flow_runs/count", turn => Call.Post("flow_runs/count", $$$$$$"""{"flow_runs":{"operator":"and_","state":{"operator":"and_","name":{"any_":["Late"]}}},"work_pools":{"name":{"any_":["{{{{{{Pool(turn)}}}}}}"]}}}""")),
        new("POST /ui/flow_runs/history", _ => Call.Post("ui/flow_runs/history", $$"""{"limit":1000,"offset":0,"sort":"EXPECTED_START_TIME_DESC","flow_runs":{{Window}}}""")),
        new("POST /ui/flow_runs/count-task-runs", turn => Call.Post("ui/flow_runs/count-task-runs", $$"""{"flow_run_ids":["{{string.Join("\",\"", Page(turn))}}"]}""")),
        new("POST /task_runs/paginate", turn => Call.Post("task_runs/paginate", $$$$$$"""{"page":1,"limit":20,"sort":"EXPECTED_START_TIME_DESC","flow_runs":{"operator":"and_","id":{"any_":["{{{{{{Run(turn)}}}}}}"]}}}""")),
        new("POST /task_runs/history", _ => Call.Post("task_runs/history", $$"""{"history_start":"{{At(TimeSpan.FromMinutes(10))}}","history_end":"{{At(TimeSpan.Zero)}}","history_interval_seconds":60}""")),
        new("POST /logs/filter", turn => Call.Post("logs/filter", $$$$$$"""{"limit":50,"offset":0,"sort":"TIMESTAMP_ASC","logs":{"operator":"and_","level":{"ge_":0},"flow_run_id":{"any_":["{{{{{{Run(turn)}}}}}}"]}}}""")),
        new("POST /events/filter", turn => Call.Post(
            "events/filter", $$$"""{"filter":{"any_resource":{"id":["prefect.flow-run.{{{Run(turn)}}}"]},"event":{"exclude_prefix":["prefect.log.write","prefect.task-run."]},"occurred":{"since":"{{{At(TimeSpan.FromDays(1))}}}","until":"{{{At(TimeSpan.Zero)}}}"},"order":"ASC"},"limit":50}""")),
    ];

    // Ten minutes: what a busy installation runs in them is what its page lists.
    private string Window => $$$"""{"operator":"and_","expected_start_time":{"after_":"{{{At(TimeSpan.FromMinutes(10))}}}","before_":"{{{At(TimeSpan.Zero)}}}"}}""";

    private string At(TimeSpan ago) => (places.Now - ago).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    private Guid Flow(Turn turn) => Of(places.Flows, turn);

    private Guid Deployment(Turn turn) => Of(places.Deployments, turn);

    private Guid Run(Turn turn) => Of(places.FlowRuns, turn);

    private string Pool(Turn turn) => Of(places.Pools, turn);

    private IEnumerable<Guid> Page(Turn turn) => Enumerable.Range(turn.Round, 10).Select(i => places.FlowRuns[i % places.FlowRuns.Count]);

    private static T Of<T>(IReadOnlyList<T> all, Turn turn) => all[(turn.Client * 31 + turn.Round) % all.Count];

    private string Logs(Turn turn)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < 10; i++)
        {
            text.Append(i > 0 ? "," : "").Append(CultureInfo.InvariantCulture,
                $$"""{"name":"prefect.flow_runs","level":20,"message":"line {{i}} of a run, as long as most lines of a run are","timestamp":"{{At(TimeSpan.FromSeconds(10 - i))}}","flow_run_id":"{{Run(turn)}}"}""");
        }
        return text.Append(']').ToString();
    }

    /// <summary>What an engine tells of ten of its tasks.</summary>
    private string Events(Turn turn)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < 10; i++)
        {
            text.Append(i > 0 ? "," : "").Append(CultureInfo.InvariantCulture,
                $$$"""{"id":"{{{Guid.CreateVersion7()}}}","event":"load.step","occurred":"{{{At(TimeSpan.FromSeconds(10 - i))}}}","resource":{"prefect.resource.id":"load.{{{turn.Client}}}.{{{i}}}"},"payload":{"n":{{{i}}}},"related":[{"prefect.resource.id":"prefect.flow-run.{{{Run(turn)}}}","prefect.resource.role":"flow-run"}]}""");
        }
        return text.Append(']').ToString();
    }
}
