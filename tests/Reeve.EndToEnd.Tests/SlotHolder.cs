using System.Text.Json.Nodes;

namespace Reeve.EndToEnd.Tests;

/// <summary>One of many who take slots, keep them, give them back or die with them, by leases, by bare counts, and as runs.</summary>
internal sealed class SlotHolder(SlotClient client, SlotRuns runs)
{
    /// <summary>Limits that anybody may take slots of by their names.</summary>
    public static readonly string[] Names = ["one", "three", "six", "tag:t"];

    // Far longer than the test: a lease's time passes when the holder says so.
    private const int Seconds = 3600;

    private readonly Dictionary<Guid, (string[] Names, bool IsLapsed)> _leases = [];
    private readonly Dictionary<Guid, string[]> _counted = [];

    private SlotBook Book => client.Book;

    private Random Random => client.Random;

    public Task StepAsync() => Random.Next(40) switch
    {
        < 8 => AcquireAsync(),
        < 11 => RenewAsync(),
        < 18 => ReleaseAsync(),
        < 20 => CountAsync(),
        < 23 => UncountAsync(),
        < 28 => runs.TaskAsync(),
        < 39 => runs.FlowAsync(),
        _ => CrashAsync(),
    };

    /// <summary>Gives everything back.</summary>
    public async Task EndAsync()
    {
        while (_leases.Count > 0) await ReleaseAsync();
        while (_counted.Count > 0) await UncountAsync();
        await runs.EndAsync();
    }

    private async Task AcquireAsync()
    {
        // A holder of its own for each, so that one whose answer was lost can be asked for.
        var (names, holder) = (Some(), Guid.NewGuid());
        var body = Body(names);
        body["lease_duration"] = Seconds;
        body["holder"] = new JsonObject { ["type"] = "flow_run", ["id"] = $"{holder}" };
        var answer = await client.SendAsync("acquire", "/v2/concurrency_limits/increment-with-lease", body.ToJsonString(), 200, 423);
        var lease = answer is { } given
            ? given.Status == 200 ? Guid.Parse((string)given.Body!["lease_id"]!) : (Guid?)null
            : (await client.LeaseAsync($"holder_id = '{holder}'"))?.Id;
        if (lease is not { } taken) return;
        Book.Enter(taken, names);
        _leases[taken] = (names, false);
    }

    private async Task RenewAsync()
    {
        if (_leases.Count == 0) return;
        var (lease, (names, isLapsed)) = _leases.ElementAt(Random.Next(_leases.Count));
        var answer = await client.SendAsync(
            isLapsed ? "renew lapsed" : "renew", $"/v2/concurrency_limits/leases/{lease}/renew", $$"""{"lease_duration": {{Seconds}}}""", 204, 410);
        // Whoever got no answer may have renewed it or not.
        var found = answer is null ? await client.LeaseAsync($"id = '{lease}'") : answer.Value.Status == 204 ? (lease, false) : null;
        if (found is { } left)
        {
            if (left.IsOver) return;
            Book.Enter(lease, names);
            _leases[lease] = (names, false);
            return;
        }
        Assert.True(isLapsed, $"lease {lease} is gone before its end");
        _leases.Remove(lease);
        Book.Forget(lease);
    }

    private async Task ReleaseAsync()
    {
        if (_leases.Count == 0) return;
        var (lease, (names, isLapsed)) = _leases.ElementAt(Random.Next(_leases.Count));
        if (!isLapsed) Book.Strike(lease);
        var answer = await client.SendAsync("release", "/v2/concurrency_limits/decrement-with-lease", $$"""{"lease_id": "{{lease}}"}""", 204);
        if (answer is null && await client.LeaseAsync($"id = '{lease}'") is not null)
        {
            if (!isLapsed) Book.Enter(lease, names);
            return;
        }
        _leases.Remove(lease);
        Book.Forget(lease);
    }

    private async Task CountAsync()
    {
        var (names, holder) = (Some(), Guid.NewGuid());
        if (await client.SendAsync("count", "/v2/concurrency_limits/increment", Body(names).ToJsonString(), 200, 423) is not { } answer)
        {
            Book.Doubt(names);
        }
        else if (answer.Status == 200)
        {
            Book.EnterCounted(holder, names);
            _counted[holder] = names;
        }
    }

    private async Task UncountAsync()
    {
        if (_counted.Count == 0) return;
        var (holder, names) = _counted.ElementAt(Random.Next(_counted.Count));
        _counted.Remove(holder);
        Book.StrikeCounted(holder);
        if (await client.SendAsync("uncount", "/v2/concurrency_limits/decrement", Body(names).ToJsonString(), 200) is null) Book.Doubt(names);
    }

    /// <summary>It dies, and whoever comes in its place finds its leases over and knows nothing of what it had only counted.</summary>
    private async Task CrashAsync()
    {
        client.Count("crash");
        foreach (var (lease, (names, _)) in _leases.ToList())
        {
            _leases[lease] = (names, true);
            await client.LapseAsync(lease);
        }
        foreach (var (holder, names) in _counted)
        {
            Book.StrikeCounted(holder);
            Book.Doubt(names);
        }
        _counted.Clear();
        await runs.LapseAsync();
    }

    private string[] Some() => [.. Names.OrderBy(_ => Random.Next()).Take(Random.Next(1, 4))];

    private static JsonObject Body(string[] names) => new() { ["names"] = new JsonArray([.. names.Select(static name => (JsonNode)name)]), ["slots"] = 1 };
}
