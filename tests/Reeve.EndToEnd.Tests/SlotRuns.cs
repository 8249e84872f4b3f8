using System.Text.Json.Nodes;

namespace Reeve.EndToEnd.Tests;

/// <summary>The flow runs and task runs of one holder: it proposes state after state, at times two at once, of which one wins.</summary>
/// <param name="client">Speaks to the servers.</param>
/// <param name="deployments">Ids of deployments; the limit of each has one name.</param>
internal sealed class SlotRuns(SlotClient client, IReadOnlyList<Guid> deployments)
{
    private const int Most = 3;

    // A limit of today, and a row of the table that was used before.
    private static readonly (string Tag, string Limit)[] Tags = [("t", "tag:t"), ("old", "old")];

    private readonly List<SlotRun> _runs = [];
    private readonly Dictionary<Guid, (string[] Limits, bool IsRunning)> _tasks = [];

    private SlotBook Book => client.Book;

    private Random Random => client.Random;

    public static string LimitOf(Guid deployment) => $"deployment:{deployment}";

    /// <summary>A state of a flow run is proposed, or two at once; now and then a lease is renewed, or a run made.</summary>
    public async Task FlowAsync()
    {
        if (_runs.Count < Most && Random.Next(3) == 0)
        {
            await MakeAsync();
            return;
        }
        if (_runs.Count == 0) return;
        var run = _runs[Random.Next(_runs.Count)];
        if (run is { Occupies: true, Lease: not null } && Random.Next(5) == 0) await RenewAsync(run);
        else if (run.State is "SCHEDULED" or "RUNNING" && Random.Next(4) == 0) await RaceAsync(run);
        else await ProposeAsync(run, Next(run));
        if (run.IsDone) _runs.Remove(run);
    }

    /// <summary>A task run takes the slots of its tags by running, or gives them back by ending.</summary>
    public async Task TaskAsync()
    {
        if (_tasks.Count < Most && Random.Next(2) == 0)
        {
            var (id, tags) = (Guid.NewGuid(), Array.FindAll(Tags, _ => Random.Next(3) > 0));
            var names = string.Join(", ", tags.Select(static tag => $"\"{tag.Tag}\""));
            await client.InsistAsync("make task run", "/task_runs/", $$"""{"id": "{{id}}", "task_key": "k", "dynamic_key": "{{id}}", "tags": [{{names}}]}""", 200, 201);
            _tasks[id] = (Array.ConvertAll(tags, static tag => tag.Limit), false);
        }
        if (_tasks.Count == 0) return;
        var (task, (_, isRunning)) = _tasks.ElementAt(Random.Next(_tasks.Count));
        await (isRunning ? EndAsync(task) : StartAsync(task));
    }

    /// <summary>The leases of the runs are over. What a task run holds is its own until it ends.</summary>
    public async Task LapseAsync()
    {
        foreach (var run in _runs.Where(static run => run is { Occupies: true, Lease: not null }))
        {
            run.IsLapsed = true;
            await client.LapseAsync(run.Lease!.Value);
        }
    }

    /// <summary>Ends all of them.</summary>
    public async Task EndAsync()
    {
        foreach (var task in _tasks.Where(static task => task.Value.IsRunning).Select(static task => task.Key).ToList()) await EndAsync(task);
        foreach (var run in _runs) await ProposeAsync(run, "CANCELLED");
    }

    /// <summary>Asks the servers for the runs, which must be what their holder thinks.</summary>
    public async Task CheckAsync()
    {
        foreach (var run in _runs)
        {
            var state = (await client.GetAsync($"/flow_runs/{run.Id}"))["state"]!;
            // A late run without a place in line is cancelled by the servers.
            var isAsKnown = (string?)state["type"] == run.State || (run.State == "SCHEDULED" && (string?)state["type"] == "CANCELLED");
            Assert.True(isAsKnown, $"flow run {run.Id} should be {run.State}: {state}");
        }
        foreach (var (task, (_, isRunning)) in _tasks)
        {
            var type = (string?)(await client.GetAsync($"/task_runs/{task}"))["state"]!["type"];
            Assert.True((type == "RUNNING") == isRunning, $"task run {task} is {type}");
        }
    }

    private async Task MakeAsync()
    {
        var deployment = deployments[Random.Next(deployments.Count)];
        var body = $$$"""{"idempotency_key": "{{{Guid.NewGuid()}}}", "state": {"type": "SCHEDULED"} }""";
        var (_, made, _) = await client.InsistAsync("make flow run", $"/deployments/{deployment}/create_flow_run", body, 200, 201);
        _runs.Add(new SlotRun(Guid.Parse((string)made["id"]!), LimitOf(deployment)));
    }

    private string Next(SlotRun run) => run.State switch
    {
        "SCHEDULED" => "PENDING",
        "PENDING" => Random.Next(8) > 0 ? "RUNNING" : "CRASHED",
        "RUNNING" => Random.Next(4) switch { 0 => "FAILED", 1 => "CANCELLING", 2 => "SCHEDULED", _ => "COMPLETED" },
        _ => "CANCELLED",
    };

    private async Task ProposeAsync(SlotRun run, string to)
    {
        var from = run.State;
        if (to is not ("PENDING" or "RUNNING" or "CANCELLING")) Leave(run);
        // Sent again with its transition's id when an answer was lost, as clients do.
        var (_, answer, isAgain) = await client.InsistAsync($"{from} to {to}", $"/flow_runs/{run.Id}/set_state", Proposal(to), 200, 201);
        var (status, reason) = ((string?)answer["status"], (string?)answer["details"]!["reason"]);
        Adopt(run, answer["state"]!, isRenewed: from == "PENDING" && to == "RUNNING");
        var isExpected = status switch
        {
            "ACCEPT" => run.State == to,
            "REJECT" when isAgain && reason == "This run has already made this state transition." => run.State == to,
            "REJECT" => to == "PENDING" || (to == "RUNNING" && run.State == "CANCELLED"),
            _ => from == "SCHEDULED" && run.State == "CANCELLED",
        };
        Assert.True(isExpected, $"flow run {run.Id}, {from} to {to}: {answer}");
    }

    /// <summary>Two proposals that exclude each other, sent at once to any of the servers.</summary>
    private async Task RaceAsync(SlotRun run)
    {
        var (first, second) = run.State == "SCHEDULED" ? ("PENDING", "PENDING") : ("COMPLETED", "CANCELLING");
        var what = $"{run.State} to {first} and {second}";
        if (run.State == "RUNNING") Leave(run);
        var answers = await Task.WhenAll(new[] { first, second }.Select(to => client.SendAsync(what, $"/flow_runs/{run.Id}/set_state", Proposal(to), 200, 201)));
        var wins = answers.Count(static answer => (string?)answer?.Body!["status"] == "ACCEPT");
        var isClear = !answers.Contains(null) && Array.TrueForAll(answers, static answer => (string?)answer?.Body!["status"] is "ACCEPT" or "ABORT");
        var from = run.State;
        Adopt(run, (await client.GetAsync($"/flow_runs/{run.Id}"))["state"]!, isRenewed: false);
        Assert.True(
            wins <= 1 && (!isClear || wins == 1 || run.State == "CANCELLED") && (wins == 0 || run.State == first || run.State == second),
            $"flow run {run.Id}, {from}, {run.State} after {string.Join(" and ", answers.Select(static answer => answer?.Body?.ToJsonString()))}");
        client.Count($"race of {wins} winners");
    }

    private async Task RenewAsync(SlotRun run)
    {
        var answer = await client.SendAsync(
            run.IsLapsed ? "renew lapsed run" : "renew run", $"/v2/concurrency_limits/leases/{run.Lease}/renew", """{"lease_duration": 3600}""", 204, 410);
        Assert.True(answer?.Status != 410 || run.IsLapsed, $"lease {run.Lease} of flow run {run.Id} is gone before its end");
        if (answer?.Status == 410) Book.Forget(run.Lease!.Value);
        if (answer?.Status != 204) return;
        run.IsLapsed = false;
        Book.Enter(run.Lease!.Value, [run.Limit]);
    }

    /// <summary>The run is in this state; it holds what it took for it, and what it held unless that may be gone.</summary>
    private void Adopt(SlotRun run, JsonNode state, bool isRenewed)
    {
        var lease = (string?)state["state_details"]!["deployment_concurrency_lease_id"] is { } id ? Guid.Parse(id) : (Guid?)null;
        run.State = (string)state["type"]!;
        if (!run.Occupies)
        {
            Leave(run);
            Exchange(run, null);
            return;
        }
        if (lease != run.Lease) Exchange(run, lease);
        else if (isRenewed && run.State == "RUNNING") run.IsLapsed = false;
        if (lease is { } held && !run.IsLapsed) Book.Enter(held, [run.Limit]);
    }

    // What it held before is gone for certain.
    private void Exchange(SlotRun run, Guid? lease)
    {
        if (run.Lease is { } before) Book.Forget(before);
        (run.Lease, run.IsLapsed) = (lease, false);
    }

    private void Leave(SlotRun run)
    {
        if (run.Lease is { } lease && !run.IsLapsed) Book.Strike(lease);
    }

    private async Task StartAsync(Guid task)
    {
        var (_, answer, _) = await client.InsistAsync("start task run", $"/task_runs/{task}/set_state", """{"state": {"type": "RUNNING"} }""", 200, 201);
        if ((string?)answer["state"]!["type"] != "RUNNING") return;
        var (limits, _) = _tasks[task];
        Book.Enter(task, limits);
        _tasks[task] = (limits, true);
    }

    private async Task EndAsync(Guid task)
    {
        Book.Strike(task);
        await client.InsistAsync("end task run", $"/task_runs/{task}/set_state", """{"state": {"type": "COMPLETED"} }""", 200, 201);
        _tasks.Remove(task);
    }

    private static string Proposal(string type) => $$$"""{"state": {"type": "{{{type}}}", "state_details": {"transition_id": "{{{Guid.NewGuid()}}}"} } }""";
}
