using System.Globalization;
using Reeve.Testing;

namespace Reeve.EndToEnd.Tests;

/// <summary>Servers that are killed at random moments while task runs report to them.</summary>
public sealed class ReportTests
{
    private const int Clients = 4;

    private static readonly string[] Ends = ["COMPLETED", "FAILED", "CRASHED", "CANCELLED"];
    private static readonly bool Nightly = Environment.GetEnvironmentVariable("REEVE_TEST_NIGHTLY") == "1";

    [Theory]
    [InlineData(DatabaseKind.Sqlite, 1)]
    [InlineData(DatabaseKind.Postgres, 2)]
    public async Task Every_run_ends_in_its_clients_last_state_and_no_event_is_missing_or_doubled(DatabaseKind kind, int serverCount)
    {
        var (runs, kills) = Nightly ? (10_000, 30) : (200, 3);
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await using var database = await TemplateDatabase.EmptyAsync(kind);
        await using var home = new ReeveHome();
        home.Environment["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = database.Url;
        var ports = Enumerable.Range(0, serverCount).Select(static _ => ReeveHome.FreePort()).ToArray();
        await home.OkAsync("server", "database", "upgrade", "-y");
        var servers = await Task.WhenAll(ports.Select(port => StartAsync(home, port)));

        var start = TimeProvider.System.GetUtcNow();
        // A run's events go out in order, mixed with those of others.
        var events = Enumerable.Range(0, runs).SelectMany(run =>
        {
            var (id, end) = (Guid.NewGuid(), Ends[random.Next(Ends.Length)]);
            var name = string.Create(CultureInfo.InvariantCulture, $"{run}-{end}");
            var from = run + random.Next(50);
            return new[] { "PENDING", "RUNNING", end }.Select((type, second) => (Client: run % Clients, At: from + 20 * second, Json: Reporter.Event(id, name, type, start.AddSeconds(second))));
        }).ToList();
        // The client whose event is the one to kill a server at waits with it until that is dead: so it is cut off however fast all the others are.
        var (sent, threshold) = (0, int.MaxValue);
        var (next, killed) = (new TaskCompletionSource<int>(), new TaskCompletionSource());
        var reporters = Enumerable.Range(0, Clients).Select(client => new Reporter(
            [.. ports.Select(Address)], client, events.Where(one => one.Client == client).OrderBy(static one => one.At).Select(static one => one.Json), SendingAsync)).ToArray();
        Arm();
        var all = Task.WhenAll(reporters.Select(static reporter => Task.Run(reporter.RunAsync)));
        for (var kill = 0; kill < kills && await Task.WhenAny(next.Task, all) != all; kill++)
        {
            var victim = await next.Task;
            servers[victim].Signal(ReeveProcess.Kill9);
            await servers[victim].EndAsync();
            killed.SetResult();
            // Armed before the server is back, for the events that are sent to it at once.
            if (kill + 1 < kills) Arm();
            servers[victim] = await StartAsync(home, ports[victim]);
        }
        await Eventually.WithinAsync(all, "reporting", $"clients, seed {seed}", "everything confirmed", TimeSpan.FromMinutes(10));
        await Eventually.GetAsync(
            "delivery", $"outbox, seed {seed}", () => database.ScalarAsync<long>("select count(*) from reeve_outbox"), static left => left == 0, "empty", TimeSpan.FromMinutes(5));

        Assert.True(reporters.Sum(static reporter => reporter.Broken) > 0, $"nobody was cut off, seed {seed}");
        var ours = "from events where event like 'prefect.task-run.%'";
        Assert.Equal(events.Count, await database.ScalarAsync<long>($"select count(*) {ours}"));
        Assert.Equal(events.Count, await database.ScalarAsync<long>($"select count(*) from event_resources where event_id in (select id {ours})"));
        Assert.Equal(events.Count, await database.ScalarAsync<long>("select count(*) from task_run_state"));
        Assert.Equal(runs, await database.ScalarAsync<long>("select count(*) from task_run"));
        Assert.Equal(runs, await database.ScalarAsync<long>(
            "select count(*) from task_run r join task_run_state s on s.id = r.state_id and s.task_run_id = r.id where r.name like '%-' || s.name and s.type = r.state_type"));
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from reeve_dead_letter"));
        foreach (var server in servers) Assert.Equal(0, await server.EndAsync(ReeveProcess.Terminate));

        void Arm()
        {
            next = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref threshold, Volatile.Read(ref sent) + random.Next(1, events.Count / (kills + 1)));
        }

        Task SendingAsync(int server)
        {
            if (Interlocked.Increment(ref sent) < Volatile.Read(ref threshold) || Interlocked.Exchange(ref threshold, int.MaxValue) == int.MaxValue) return Task.CompletedTask;
            var dead = killed.Task;
            next.SetResult(server);
            return dead;
        }
    }

    private static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    private static async Task<ReeveProcess> StartAsync(ReeveHome home, int port)
    {
        var server = home.Start("server", "start", "--host", "127.0.0.1", "--port", $"{port}", "--no-ui");
        await server.PrintsAsync("Reeve serves");
        return server;
    }
}
