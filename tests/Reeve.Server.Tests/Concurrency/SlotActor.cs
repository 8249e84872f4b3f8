using System.Text.Json.Nodes;

namespace Reeve.Server.Tests.Concurrency;

/// <summary>One of many who take slots, keep them alive, give them back, or forget them; by leases or as flow runs of a deployment.</summary>
internal sealed class SlotActor(SlotCluster cluster, Guid deployment, int seed)
{
    private static readonly string[] Names = ["one", "two", "three", "tag:t"];

    private readonly Random _random = new(seed);
    private readonly Dictionary<Guid, DateTimeOffset> _leases = [];
    private readonly List<(Guid Id, string State)> _runs = [];
    private volatile bool _isCrashed;

    /// <summary>Leases this one was given, has not given back, and whose time is not over.</summary>
    public IEnumerable<Guid> Held => _leases.Where(lease => lease.Value > cluster.Clock.GetUtcNow()).Select(static lease => lease.Key);

    /// <summary>What may have been taken by a server that died before it answered, perhaps after it was given back.</summary>
    public List<string> Doubtful { get; } = [];

    /// <summary>How often what came of a step, so that a test can tell that it tested something.</summary>
    public Dictionary<string, int> Outcomes { get; } = [];

    public async Task StepAsync()
    {
        if (_isCrashed)
        {
            _isCrashed = false;
            _leases.Clear();
            _runs.Clear();
        }
        switch (_random.Next(10))
        {
            case < 3: await AcquireAsync(); break;
            case 3: await RenewAsync(); break;
            case < 6: await ReleaseAsync(); break;
            case 6: await TagAsync(); break;
            default: await ProposeAsync(); break;
        }
    }

    /// <summary>The holder dies before its next step: its leases end by themselves.</summary>
    public void Crash() => _isCrashed = true;

    private async Task AcquireAsync()
    {
        var names = Names.OrderBy(_ => _random.Next()).Take(_random.Next(1, 4));
        var seconds = _random.Next(60, 120);
        var ends = cluster.Clock.GetUtcNow().AddSeconds(seconds);
        var body = new JsonObject
        {
            ["names"] = new JsonArray([.. names.Select(static name => (JsonNode)name)]), ["slots"] = 1, ["lease_duration"] = seconds,
        };
        if (await SendAsync("v2/concurrency_limits/increment-with-lease", body.ToJsonString(), 200, 423) is (200, { } lease))
        {
            _leases[Guid.Parse((string)lease["lease_id"]!)] = ends;
        }
    }

    private async Task RenewAsync()
    {
        if (_leases.Count == 0) return;
        var (lease, end) = _leases.ElementAt(_random.Next(_leases.Count));
        var ends = cluster.Clock.GetUtcNow().AddSeconds(60);
        var answer = await SendAsync($"v2/concurrency_limits/leases/{lease}/renew", """{"lease_duration":60}""", 204, 410);
        if (answer?.Status == 410)
        {
            Assert.True(end <= cluster.Clock.GetUtcNow(), $"lease {lease} is gone before its end at {end:O}");
            _leases.Remove(lease);
        }
        else
        {
            // Whoever got no answer may have renewed it or not.
            _leases[lease] = answer is null && end < ends ? end : ends;
        }
    }

    private async Task ReleaseAsync()
    {
        if (_leases.Count == 0) return;
        var lease = _leases.Keys.ElementAt(_random.Next(_leases.Count));
        _leases.Remove(lease);
        await SendAsync("v2/concurrency_limits/decrement-with-lease", $$"""{"lease_id":"{{lease}}"}""", 204);
    }

    /// <summary>As an old client does for a task run: take a slot of a tag, and give it back whatever the answer was.</summary>
    private async Task TagAsync()
    {
        var body = $$"""{"names":["t","unknown"],"task_run_id":"{{Guid.NewGuid()}}"}""";
        if (await SendAsync("concurrency_limits/increment", body, 200, 423) is null) Doubtful.Add(body);
        while (await SendAsync("concurrency_limits/decrement", body, 200) is null) await Task.Yield();
    }

    private async Task ProposeAsync()
    {
        if (_runs.Count < 3 && _random.Next(2) == 0)
        {
            var made = await SendAsync($"deployments/{deployment}/create_flow_run", """{"state":{"type":"SCHEDULED"}}""", 201);
            if (made is { Body: { } run }) _runs.Add((Guid.Parse((string)run["id"]!), "PENDING"));
            return;
        }
        if (_runs.Count == 0) return;
        var at = _random.Next(_runs.Count);
        var (id, state) = _runs[at];
        var answer = await SendAsync($"flow_runs/{id}/set_state", $$"""{"state":{"type":"{{state}}"} }""", 200, 201);
        if (answer is { Body: { } result })
        {
            if ((string?)result["status"] == "ACCEPT") state = state == "PENDING" ? "RUNNING" : "COMPLETED";
            // A run that ended, or was cancelled because its slot was lost.
            if ((string?)result["state"]?["type"] is "COMPLETED" or "CANCELLED")
            {
                _runs.RemoveAt(at);
                return;
            }
        }
        _runs[at] = (id, state);
    }

    private async Task<(int Status, JsonNode? Body)?> SendAsync(string path, string body, params int[] expected)
    {
        var answer = await cluster.PostAsync(_random, path, body);
        var outcome = $"{path.Split('/')[^1]} {(answer is null ? "died" : answer.Value.Body is JsonObject told && told["status"] is { } decision ? (string?)decision : answer.Value.Status)}";
        Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;
        if (answer is { } given) Assert.True(expected.Contains(given.Status), $"{path} {body}: {given.Status} {given.Body?.ToJsonString()}");
        return answer;
    }
}
