using Microsoft.Extensions.DependencyInjection;
using Reeve.Data;
using Reeve.Server.Hosting;
using Reeve.Testing;

namespace Reeve.Server.Tests.Events;

/// <summary>Servers that die at a random statement or commit while task runs report, each followed by the next one.</summary>
public sealed class KilledServerTests
{
    private static readonly string[] States = ["PENDING", "RUNNING", "COMPLETED"];

    private static int Runs => Environment.GetEnvironmentVariable("REEVE_TEST_NIGHTLY") == "1" ? 10_000 : 60;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Every_run_ends_in_its_clients_last_state_and_no_event_is_missing_or_doubled(DatabaseKind kind)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await using var owner = await TestServer.StartAsync(kind);
        Guid[] runs = [.. Enumerable.Range(0, Runs).Select(static _ => Guid.NewGuid())];
        string[] events =
        [
            .. runs.SelectMany(static run => States.Select((state, second) => Told.TaskRunState(run, null, Guid.NewGuid(), state, second))),
        ];
        random.Shuffle(events);
        var left = new Queue<string[]>(events.Chunk(7));
        var deaths = 0;
        while (left.Count > 0)
        {
            await using var server = await owner.StartBesideAsync(ServerRole.Everything);
            var db = server.Server.Services.GetRequiredService<Db>();
            var steps = random.Next(1, Math.Max(40, Runs));
            // A process that is killed reaches the database no more, from one moment on.
            db.OnStep = _ =>
            {
                if (Interlocked.Decrement(ref steps) < 0) throw new DatabaseException(DatabaseErrorKind.Unavailable, "killed", null, null);
            };
            while (left.TryPeek(out var chunk) && Volatile.Read(ref steps) >= 0)
            {
                // As clients do: what was not confirmed is sent again, to whoever is there then.
                if ((await server.PostAsync("events", $"[{string.Join(',', chunk)}]")).Status == 204) left.Dequeue();
            }
            deaths++;
        }
        await using var last = await owner.StartBesideAsync(ServerRole.Everything);
        await Eventually.TrueAsync($"delivery, seed {seed}", "outbox", async () =>
        {
            owner.Clock.Advance(TimeSpan.FromSeconds(1));
            return await owner.Database.ScalarAsync<long>("select count(*) from reeve_outbox") == 0;
        }, "empty", TimeSpan.FromMinutes(5));

        Assert.True(deaths > 1, $"nobody died, seed {seed}");
        Assert.Equal(events.Length, await owner.Database.ScalarAsync<long>("select count(*) from events"));
        Assert.Equal(events.Length, await owner.Database.ScalarAsync<long>("select count(*) from event_resources"));
        Assert.Equal(events.Length, await owner.Database.ScalarAsync<long>("select count(*) from task_run_state"));
        Assert.Equal(runs.Length, await owner.Database.ScalarAsync<long>("select count(*) from task_run where state_type = 'COMPLETED'"));
        Assert.Equal(runs.Length, await owner.Database.ScalarAsync<long>(
            "select count(*) from task_run r join task_run_state s on s.id = r.state_id where s.type = 'COMPLETED' and s.task_run_id = r.id"));
        Assert.Equal(0, await owner.Database.ScalarAsync<long>("select count(*) from reeve_dead_letter"));
    }
}
