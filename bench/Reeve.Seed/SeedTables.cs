using System.Globalization;
using NpgsqlTypes;

namespace Reeve.Seed;

/// <summary>What is written, table by table, in the order that references need.</summary>
internal sealed class SeedTables(SeedPlan plan)
{
    private const NpgsqlDbType Uuid = NpgsqlDbType.Uuid, Text = NpgsqlDbType.Text, Json = NpgsqlDbType.Jsonb, Time = NpgsqlDbType.TimestampTz,
        Number = NpgsqlDbType.Integer, Flag = NpgsqlDbType.Boolean, Duration = NpgsqlDbType.Interval, Other = NpgsqlDbType.Unknown;

    private static readonly string[] First = ["amber", "brave", "calm", "daring", "eager", "fancy", "gentle", "hardy", "icy", "jolly", "keen", "lucky"];
    private static readonly string[] Second = ["badger", "crane", "dingo", "eagle", "falcon", "gecko", "heron", "ibis", "jackal", "koala", "lemur", "marmot"];
    private static readonly string[] Lines = ["Beginning flow run", "Created task run for load", "Executing query of 1204 rows", "Retry after connection timeout", "Finished in state Completed()"];

    public IEnumerable<SeedTable> All() =>
    [
        new("flow", [("id", Uuid), ("name", Text), ("tags", Json)], Count(plan.Flows, i => [plan.Id("flow", i), $"seed-flow-{i}", "[]"])),
        new("work_pool", [("id", Uuid), ("name", Text), ("type", Text)], Count(plan.Pools, i => [plan.Id("pool", i), $"seed-pool-{i}", "process"])),
        new("work_queue", [("id", Uuid), ("name", Text), ("work_pool_id", Uuid), ("priority", Number)],
            Count(plan.Queues, i => [plan.Id("queue", i), i < plan.Pools ? "default" : $"fast-{i}", plan.Id("pool", i % plan.Pools), 1 + i / plan.Pools])),
        new("deployment", [("id", Uuid), ("name", Text), ("flow_id", Uuid), ("tags", Json), ("work_queue_id", Uuid), ("work_queue_name", Text), ("paused", Flag)],
            Count(plan.Deployments, i =>
            [
                plan.Id("deployment", i), $"seed-deployment-{i}", plan.Id("flow", plan.FlowOf(i)), Tags("deployment", i), plan.Id("queue", plan.QueueOf(i)), "default", i % 9 == 0,
            ])),
        new("flow_run",
            [("id", Uuid), ("created", Time), ("updated", Time), .. RunColumns, ("flow_id", Uuid), ("deployment_id", Uuid), ("work_queue_id", Uuid), ("work_queue_name", Text), ("auto_scheduled", Flag), ("parent_task_run_id", Uuid)],
            Count(plan.FlowRuns, FlowRun)),
        new("flow_run_state", [("id", Uuid), ("type", Other), ("timestamp", Time), ("name", Text), ("state_details", Json), ("flow_run_id", Uuid)],
            Count(plan.FlowRuns, i => State("flow_run", i, new Run(plan, i)))),
        new("task_run",
            [("id", Uuid), ("created", Time), ("updated", Time), .. RunColumns, ("flow_run_id", Uuid), ("task_key", Text), ("dynamic_key", Text)],
            Count(plan.TaskRuns, i =>
            {
                var run = new Run(plan, i / 4);
                return [plan.Id("task_run", i), run.Expected, run.Expected, .. RunValues("task_run", i, run), plan.Id("flow_run", i / 4), "load", (i % 4).ToString(CultureInfo.InvariantCulture)];
            })),
        new("task_run_state", [("id", Uuid), ("type", Other), ("timestamp", Time), ("name", Text), ("state_details", Json), ("task_run_id", Uuid)],
            Count(plan.TaskRuns, i => State("task_run", i, new Run(plan, i / 4)))),
        new("log", [("id", Uuid), ("created", Time), ("updated", Time), ("name", Text), ("level", NpgsqlDbType.Smallint), ("message", Text), ("timestamp", Time), ("flow_run_id", Uuid), ("task_run_id", Uuid)],
            Count(plan.Logs, Log)),
        new("events",
            [("id", Uuid), ("occurred", Time), ("event", Text), ("resource_id", Text), ("resource", Json), ("related_resource_ids", Json), ("related", Json), ("payload", Json), ("received", Time), ("recorded", Time)],
            Count(plan.Events, Event)),
        new("event_resources", [("id", Uuid), ("occurred", Time), ("resource_id", Text), ("resource_role", Text), ("resource", NpgsqlDbType.Json), ("event_id", Uuid)],
            Count(plan.Events * 2, EventResource)),
        new("artifact", [("id", Uuid), ("created", Time), ("updated", Time), ("key", Text), ("type", Text), ("data", NpgsqlDbType.Json), ("flow_run_id", Uuid)],
            Count(plan.Artifacts, i =>
            {
                var at = plan.RunTime(i * 10);
                return [plan.Id("artifact", i), at, at, $"report-{i % 500}", "markdown", "\"# Report\"", plan.Id("flow_run", i * 10)];
            })),
    ];

    private static (string, NpgsqlDbType)[] RunColumns =>
    [
        ("name", Text), ("tags", Json), ("state_id", Uuid), ("state_type", Other), ("state_name", Text), ("state_timestamp", Time), ("run_count", Number), ("expected_start_time", Time),
        ("next_scheduled_start_time", Time), ("start_time", Time), ("end_time", Time), ("total_run_time", Duration),
    ];

    private static IEnumerable<object?[]> Count(int count, Func<int, object?[]> row) => Enumerable.Range(0, count).Select(row);

    private object?[] FlowRun(int i)
    {
        var run = new Run(plan, i);
        var deployment = plan.DeploymentOf(i);
        return
        [
            plan.Id("flow_run", i), run.Expected, run.End ?? run.Start ?? run.Expected, .. RunValues("flow_run", i, run), plan.Id("flow", plan.FlowOf(deployment)),
            plan.Id("deployment", deployment), plan.Id("queue", plan.QueueOf(deployment)), "default", plan.Pick("auto", i, 4) > 0,
            // Every twentieth is a subflow of the run before it.
            i % 20 == 19 && i < plan.Begun ? plan.Id("task_run", (i - 1) * 4) : null,
        ];
    }

    private object?[] RunValues(string table, int i, Run run) =>
    [
        $"{First[plan.Pick("first", i, First.Length)]}-{Second[plan.Pick("second", i, Second.Length)]}", Tags(table, i), plan.Id(table + "_state", i), run.Type, run.Name, run.Changed,
        run.Start is null ? 0 : 1, run.Expected, run.Type == "SCHEDULED" ? run.Expected : null, run.Start, run.End, run.Duration,
    ];

    private object?[] State(string table, int i, Run run) =>
        [plan.Id(table + "_state", i), run.Type, run.Changed, run.Name, "{}", plan.Id(table, i)];

    private object?[] Log(int i)
    {
        var run = new Run(plan, i / 4);
        var at = (run.Start ?? run.Expected) + TimeSpan.FromSeconds(i % 4);
        return
        [
            plan.Id("log", i), at, at, i % 4 == 0 ? "prefect.flow_runs" : "prefect.task_runs", (short)(plan.Pick("level", i, 20) == 0 ? 40 : 20),
            $"{Lines[plan.Pick("line", i, Lines.Length)]} {plan.Pick("detail", i, 1_000_000)}", at, plan.Id("flow_run", i / 4), i % 4 == 0 ? null : plan.Id("task_run", i),
        ];
    }

    private object?[] Event(int i)
    {
        var run = new Run(plan, i / 2);
        var id = $"prefect.flow-run.{plan.Id("flow_run", i / 2)}";
        var flow = $"prefect.flow.{plan.Id("flow", plan.FlowOf(plan.DeploymentOf(i / 2)))}";
        var at = run.Expected + TimeSpan.FromSeconds(i % 2);
        return
        [
            plan.Id("event", i), at, i % 2 == 0 ? "prefect.flow-run.Running" : $"prefect.flow-run.{run.Name}", id, $$"""{"prefect.resource.id":"{{id}}"}""", $"""["{flow}"]""",
            $$"""[{"prefect.resource.id":"{{flow}}","prefect.resource.role":"flow"}]""", "{}", at, at,
        ];
    }

    private object?[] EventResource(int i)
    {
        var run = i / 4;
        var at = plan.RunTime(run) + TimeSpan.FromSeconds(i / 2 % 2);
        var id = i % 2 == 0 ? $"prefect.flow-run.{plan.Id("flow_run", run)}" : $"prefect.flow.{plan.Id("flow", plan.FlowOf(plan.DeploymentOf(run)))}";
        return [plan.Id("event_resource", i), at, id, i % 2 == 0 ? "" : "flow", $$"""{"prefect.resource.id":"{{id}}"}""", plan.Id("event", i / 2)];
    }

    private string Tags(string what, int i) => plan.Pick(what + "tags", i, 3) == 0 ? $"""["team-{plan.Pick(what + "team", i, 12)}"]""" : "[]";

    /// <summary>How a run went: most ended well, the last are under way or still to come.</summary>
    private readonly record struct Run
    {
        public Run(SeedPlan plan, int number)
        {
            Expected = plan.RunTime(number);
            var chance = plan.Pick("state", number, 1000);
            var unfinished = number >= plan.Begun - plan.Begun / 1000;
            (Type, Name) =
                number >= plan.Begun ? ("SCHEDULED", "Scheduled")
                : unfinished ? chance switch { < 250 => ("SCHEDULED", "Late"), < 400 => ("PENDING", "Pending"), _ => ("RUNNING", "Running") }
                : chance switch { < 900 => ("COMPLETED", "Completed"), < 960 => ("FAILED", "Failed"), < 980 => ("CANCELLED", "Cancelled"), _ => ("CRASHED", "Crashed") };
            Start = Type is "SCHEDULED" or "PENDING" ? null : Expected + TimeSpan.FromMilliseconds(plan.Pick("wait", number, 30_000));
            Duration = unfinished || Start is null ? TimeSpan.Zero : TimeSpan.FromSeconds(1 + plan.Pick("duration", number, 600));
            End = unfinished ? null : Start + Duration;
            Changed = End ?? Start ?? Expected;
        }

        public DateTimeOffset Expected { get; }
        public string Type { get; }
        public string Name { get; }
        public DateTimeOffset? Start { get; }
        public DateTimeOffset? End { get; }
        public DateTimeOffset Changed { get; }
        public TimeSpan Duration { get; }
    }
}
