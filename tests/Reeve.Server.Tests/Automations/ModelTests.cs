using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Data;
using Reeve.Server.Automations.Actions;
using Reeve.Server.Automations.Triggers;
using Reeve.Server.Events;
using Reeve.Server.Services;
using Reeve.Testing;

namespace Reeve.Server.Tests.Automations;

/// <summary>
/// Random events over random automations: the server fires as a slow and obvious evaluator does and does each action once, by however
/// many replicas and however often they are killed.
/// </summary>
public sealed class ModelTests
{
    private static readonly bool Nightly = Environment.GetEnvironmentVariable("REEVE_TEST_NIGHTLY") == "1";

    private const int CheckEvery = 1_000;

    [Theory]
    [InlineData(DatabaseKind.Sqlite, 1, 20261126)]
    [InlineData(DatabaseKind.Sqlite, 2, 20261127)]
    [InlineData(DatabaseKind.Postgres, 2, 20261128)]
    public async Task The_server_fires_as_the_reference_does(DatabaseKind kind, int replicaCount, int seed)
    {
        var (automationCount, eventCount) = Nightly ? (200, 100_000) : (20, 800);
        var random = new Random(seed);
        // A machine that has much else to do may let a statement wait for longer than the usual ten seconds.
        const string Patient = "PREFECT_SERVER_DATABASE_TIMEOUT=300";
        await using var bench = await AutomationBench.StartAsync(kind, Patient);
        await using var beside = replicaCount == 2 ? await bench.StartBesideAsync(Patient) : null;
        AutomationBench[] replicas = beside is null ? [bench] : [bench, beside];
        var automations = Enumerable.Range(0, automationCount)
            .Select(i => (Name: "a" + i.ToString(CultureInfo.InvariantCulture), Trigger: ReferenceTrigger.Random(random, 2))).ToList();
        foreach (var (name, trigger) in automations) await bench.CreateAsync(trigger.ToJson(), name: name);
        var reference = new ReferenceEvaluator(automations);
        // The automations' own creation is the first thing that is delivered.
        await SettleAsync();
        reference.Elapse(bench.Server.Clock.GetUtcNow());
        var (told, check, kills, firings) = (0, CheckEvery, 0, 0);
        while (told < eventCount)
        {
            bench.Server.Clock.Advance(TimeSpan.FromSeconds(random.Next(20)));
            var now = bench.Server.Clock.GetUtcNow();
            var events = new List<string>();
            for (var i = random.Next(1, 40); i > 0; i--, told++)
            {
                var (id, name, resource, occurred) = (Guid.NewGuid(), "e." + random.Next(6), "thing." + random.Next(4), now.AddSeconds(-random.Next(30)));
                events.Add($$$"""
                    {"id":"{{{id}}}","event":"{{{name}}}","occurred":"{{{occurred.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture)}}}",
                     "resource":{"prefect.resource.id":"{{{resource}}}"}}
                    """);
                reference.Observe(id, name, resource, occurred, now);
            }
            Assert.Equal(204, (await replicas[random.Next(replicaCount)].Server.PostAsync("events", $"[{string.Join(',', events)}]")).Status);
            if (random.Next(3) == 0) kills += await KilledAsync<EventRelay>();
            await replicas[random.Next(replicaCount)].DeliverAsync();
            // A sequence goes by the time of firing, so that windows must not end in the very microsecond of a delivery.
            bench.Server.Clock.Advance(TimeSpan.FromMilliseconds(1));
            // Absence is judged up to the oldest event that waits, be it one of the automations' own.
            await bench.DeliverAsync();
            if (random.Next(6) == 0) kills += await KilledAsync<ProactiveTriggers>();
            if (random.Next(6) == 0) kills += await KilledAsync<ActionService>();
            await SettleAsync();
            reference.Elapse(bench.Server.Clock.GetUtcNow());
            if (told < check && told < eventCount) continue;
            await CheckAsync();
            check = told + CheckEvery;
        }
        Assert.True(firings > 50, $"only {firings} firings");
        Assert.True(kills > 5, $"only {kills} kills");

        // Compares what happened since the last time and forgets it, so that the databases stay small however many events there are.
        async Task CheckAsync()
        {
            // What a replica held when it was killed is free again when its lease has run out.
            bench.Server.Clock.Advance(TimeSpan.FromMinutes(2));
            await SettleAsync();
            reference.Elapse(bench.Server.Clock.GetUtcNow());
            var db = bench.Server.Server.Services.GetRequiredService<Db>();
            var fired = await db.ListAsync(
                $"select resource, payload from events where event = 'prefect.automation.triggered' order by id", static row => Shown(row.GetJson(0), row.GetJson(1)));
            var missing = Minus(reference.Fired, fired);
            var extra = Minus(fired, reference.Fired);
            Assert.True(
                missing.Count + extra.Count == 0,
                $"""
                seed {seed}, before event {told}: {missing.Count} of {reference.Fired.Count} firings are missing and {extra.Count} are too many, such as
                {string.Join('\n', missing.Take(5).Select(static one => "- " + one).Concat(extra.Take(5).Select(static one => "+ " + one)))}
                {string.Join('\n', missing.Concat(extra).Select(static one => one.Split(' ')[0]).Distinct().Take(3).Select(name => name + ' ' + automations.Single(one => one.Name == name).Trigger.ToJson()))}
                """);
            Assert.Equal(fired.Count, await bench.CountAsync("select count(*) from reeve_action where status = 'done'"));
            Assert.Equal(fired.Count, await bench.CountAsync("select count(*) from events where event = 'prefect.automation.action.executed'"));
            Assert.Equal(0, await bench.CountAsync("select count(*) from reeve_action where status <> 'done'"));
            firings += fired.Count;
            reference.Fired.Clear();
            foreach (var table in new[] { "events", "event_resources", "reeve_action" }) await bench.Server.Database.ExecuteAsync($"delete from {table}");
            // The tests' PostgreSQL has nobody else who cleans up.
            if (kind == DatabaseKind.Postgres) await bench.Server.Database.ExecuteAsync("vacuum analyze");
        }

        async Task SettleAsync()
        {
            foreach (var replica in replicas) await replica.SettleAsync();
        }

        // One replica is killed at a random statement of a pass, and the others make one: at the same time, except where they would share
        // the events between them, which has no order that could be foretold.
        async Task<int> KilledAsync<T>()
            where T : Service
        {
            var victim = random.Next(replicaCount);
            var killed = KilledPassAsync<T>(replicas[victim], random.Next(1, 12));
            if (typeof(T) == typeof(EventRelay)) await killed;
            // A dead relay's claim ends with time, which must not pass here.
            if (typeof(T) == typeof(EventRelay)) await bench.Server.Database.ExecuteAsync("delete from reeve_outbox_claim");
            await Task.WhenAll(replicas.Where((_, i) => i != victim).Select(static replica => replica.RunAsync<T>()).Append(killed));
            return await killed;
        }
    }

    [Fact]
    public async Task Replicas_that_are_killed_fire_and_act_exactly_as_often_as_they_should()
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Postgres);
        var db = bench.Server.Server.Services.GetRequiredService<Db>();
        for (var i = 1; i <= 4; i++)
        {
            var forEach = i % 2 == 0 ? ""","for_each":["prefect.resource.id"]""" : "";
            await bench.CreateAsync($$"""{"type":"event","posture":"Reactive","expect":["e"],"threshold":{{i}}{{forEach}}}""", name: "t" + i.ToString(CultureInfo.InvariantCulture));
        }
        const int Events = 600;
        for (var i = 0; i < Events; i += 60)
        {
            var batch = Enumerable.Range(i, 60).Select(one => $$$"""
                {"id":"{{{Guid.NewGuid()}}}","event":"e","occurred":"2026-03-02T12:00:00Z","resource":{"prefect.resource.id":"thing.{{{one % 5}}}"}}
                """);
            await bench.Server.PostAsync("events", $"[{string.Join(',', batch)}]");
        }
        var random = new Random(20261126);
        db.OnStep = _ =>
        {
            lock (random)
            {
                if (random.Next(25) == 0) throw new DatabaseException(DatabaseErrorKind.Unavailable, "killed", null, null);
            }
        };
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 12; i++)
            {
                await DaringAsync(() => bench.RunAsync<EventRelay>());
                await DaringAsync(() => bench.RunAsync<ActionService>());
            }
        })));
        db.OnStep = null;
        bench.Server.Clock.Advance(TimeSpan.FromMinutes(2));
        await bench.SettleAsync();

        foreach (var (name, expected) in new[] { ("t1", 600), ("t2", 300), ("t3", 200), ("t4", 150) })
        {
            Assert.Equal(expected, await bench.CountAsync($"select count(*) from reeve_action a join automation m on m.id = a.automation_id where m.name = '{name}' and a.status = 'done'"));
        }
        Assert.Equal(1250, await bench.CountAsync("select count(*) from events where event = 'prefect.automation.action.executed'"));
        Assert.Equal(1250, await bench.FiredAsync());
    }

    private static async Task DaringAsync(Func<Task<int>> run)
    {
        try
        {
            await run();
        }
        catch (DatabaseException)
        {
            // Killed.
        }
    }

    /// <summary>A pass that reaches the database no more from one statement on; how often that cut it off.</summary>
    private static async Task<int> KilledPassAsync<T>(AutomationBench replica, int at)
        where T : Service
    {
        var db = replica.Server.Server.Services.GetRequiredService<Db>();
        var left = at;
        db.OnStep = _ =>
        {
            if (Interlocked.Decrement(ref left) <= 0) throw new DatabaseException(DatabaseErrorKind.Unavailable, "killed", null, null);
        };
        try
        {
            await replica.RunAsync<T>();
            return 0;
        }
        catch (DatabaseException)
        {
            return 1;
        }
        finally
        {
            db.OnStep = null;
        }
    }

    private static List<string> Minus(IEnumerable<string> those, IEnumerable<string> without)
    {
        var left = without.CountBy(static one => one).ToDictionary(StringComparer.Ordinal);
        return [.. those.Where(one => !left.TryGetValue(one, out var count) || count == 0 || (left[one] = count - 1) < 0)];
    }

    private static string Shown(Core.RawJson resource, Core.RawJson payload)
    {
        var name = JsonNode.Parse(resource.Utf8.Span)!["prefect.resource.name"]!.GetValue<string>();
        var told = JsonNode.Parse(payload.Utf8.Span)!;
        var key = told["triggering_labels"]!["prefect.resource.id"]?.GetValue<string>();
        return $"{name} {key} {told["triggering_event"]?["id"]?.GetValue<string>()}";
    }
}
