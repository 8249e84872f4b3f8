using Microsoft.Extensions.DependencyInjection;
using Reeve.Data;
using Reeve.Server.Automations.Triggers;
using Reeve.Testing;

namespace Reeve.Server.Tests.Automations;

public sealed class TriggerTests
{
    private const string OnA = """{"type":"event","posture":"Reactive","expect":["a"]}""";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_reactive_automation_fires_acts_and_tells_of_it(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        var automation = await bench.CreateAsync(
            OnA, more: ""","actions_on_trigger":[{"type":"do-nothing"}]""");
        var cause = await bench.TellAsync("a");
        await bench.TellAsync("b");

        await bench.SettleAsync();

        var triggered = Assert.Single(await bench.EventsAsync("prefect.automation.triggered"));
        Assert.Equal($"prefect.automation.{automation}", triggered["resource"]!["prefect.resource.id"]!.GetValue<string>());
        Assert.Equal("Reactive", triggered["resource"]!["prefect.posture"]!.GetValue<string>());
        Assert.Equal(cause.ToString(), triggered["payload"]!["triggering_event"]!["id"]!.GetValue<string>());
        Assert.Equal($"prefect.event.{cause}", triggered["related"]![0]!["prefect.resource.id"]!.GetValue<string>());
        var begun = await bench.EventsAsync("prefect.automation.action.triggered");
        var executed = await bench.EventsAsync("prefect.automation.action.executed");
        Assert.Equal([0, 1], executed.Select(told => told["payload"]!["action_index"]!.GetValue<int>()).Order());
        Assert.Equal(begun.Select(told => told["id"]!.GetValue<string>()).Order(), executed.Select(told => told["follows"]!.GetValue<string>()).Order());
        Assert.Contains(begun, told => told["follows"]?.GetValue<string>() == cause.ToString());
        Assert.Contains(begun, told => told["follows"]?.GetValue<string>() == triggered["id"]!.GetValue<string>());
        Assert.Equal(2, await bench.CountAsync("select count(*) from reeve_action where status = 'done' and attempts = 1"));
        Assert.Equal(0, await bench.CountAsync("select count(*) from automation_bucket"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Events_are_counted_apart_by_label_and_a_second_copy_is_not_counted(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"],"threshold":2,"within":60,"for_each":["prefect.resource.id"]}""");
        var first = await bench.TellAsync("a", "ünï \"1\"");
        await bench.TellAsync("a", "2");
        await bench.SettleAsync();
        await bench.TellAsync("a", "ünï \"1\"", id: first);
        await bench.SettleAsync();
        Assert.Equal(0, await bench.FiredAsync());
        Assert.Equal(2, await bench.CountAsync("select count(*) from automation_bucket where count = 1"));

        await bench.TellAsync("a", "ünï \"1\"");
        await bench.SettleAsync();

        var fired = Assert.Single(await bench.EventsAsync("prefect.automation.triggered"));
        Assert.Equal("ünï \"1\"", fired["payload"]!["triggering_labels"]!["prefect.resource.id"]!.GetValue<string>());
        Assert.Equal(2, await bench.CountAsync("select count(*) from automation_bucket"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Absence_is_noticed_when_the_window_ends(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        await bench.CreateAsync(
            """{"type":"event","posture":"Proactive","after":["start"],"expect":["end"],"within":30,"for_each":["prefect.resource.id"]}""");
        await bench.TellAsync("start", "x");
        await bench.TellAsync("start", "y");
        await bench.SettleAsync();
        bench.Server.Clock.Advance(TimeSpan.FromSeconds(20));
        await bench.TellAsync("end", "x");
        await bench.SettleAsync();
        Assert.Equal(0, await bench.FiredAsync());

        bench.Server.Clock.Advance(TimeSpan.FromSeconds(10));
        await bench.SettleAsync();

        var fired = Assert.Single(await bench.EventsAsync("prefect.automation.triggered"));
        Assert.Equal("y", fired["payload"]!["triggering_labels"]!["prefect.resource.id"]!.GetValue<string>());
        Assert.Equal("start", fired["payload"]!["triggering_event"]!["event"]!.GetValue<string>());
        Assert.Equal(0, await bench.CountAsync("select count(*) from automation_bucket"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task What_a_client_that_was_away_sends_one_by_one_is_no_absence(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        await bench.CreateAsync(
            """{"type":"event","posture":"Proactive","after":["start"],"expect":["end"],"within":30,"for_each":["prefect.resource.id"]}""");
        foreach (var resource in (string[])["answered", "silent"])
        {
            await bench.TellAsync("start", resource, ago: TimeSpan.FromMinutes(20));
            await bench.SettleAsync();
        }
        bench.Server.Clock.Advance(TimeSpan.FromSeconds(5));
        await bench.TellAsync("end", "answered", ago: TimeSpan.FromMinutes(20));
        await bench.SettleAsync();
        Assert.Equal(0, await bench.FiredAsync());

        bench.Server.Clock.Advance(TimeSpan.FromSeconds(10));
        await bench.SettleAsync();

        var fired = Assert.Single(await bench.EventsAsync("prefect.automation.triggered"));
        Assert.Equal("silent", fired["payload"]!["triggering_labels"]!["prefect.resource.id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_window_that_ended_while_events_waited_is_judged_and_not_swept(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        await bench.CreateAsync("""{"type":"event","posture":"Proactive","after":["start"],"expect":["end"],"within":30,"for_each":["prefect.resource.id"]}""");
        await bench.TellAsync("start");
        await bench.SettleAsync();
        bench.Server.Clock.Advance(TimeSpan.FromSeconds(20));
        // Nobody delivers for a while.
        await bench.TellAsync("other");
        bench.Server.Clock.Advance(TimeSpan.FromMinutes(5));
        await bench.RunAsync<ProactiveTriggers>();
        Assert.Equal(1, await bench.CountAsync("select count(*) from automation_bucket"));

        await bench.SettleAsync();

        Assert.Equal(1, await bench.FiredAsync());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Silence_fires_again_and_again_until_it_is_broken(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        await bench.CreateAsync("""{"type":"event","posture":"Proactive","expect":["beat"],"within":10}""");
        await bench.SettleAsync();
        for (var i = 1; i <= 3; i++)
        {
            bench.Server.Clock.Advance(TimeSpan.FromSeconds(10));
            await bench.SettleAsync();
            Assert.Equal(i, await bench.FiredAsync());
        }
        await bench.TellAsync("beat");
        await bench.SettleAsync();
        bench.Server.Clock.Advance(TimeSpan.FromSeconds(10));
        await bench.SettleAsync();
        Assert.Equal(3, await bench.FiredAsync());
        bench.Server.Clock.Advance(TimeSpan.FromSeconds(10));
        await bench.SettleAsync();
        Assert.Equal(4, await bench.FiredAsync());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "compound", "b a", 1)]
    [InlineData(DatabaseKind.Postgres, "compound", "b a", 1)]
    [InlineData(DatabaseKind.Sqlite, "sequence", "b a b", 1)]
    [InlineData(DatabaseKind.Postgres, "sequence", "b a", 0)]
    [InlineData(DatabaseKind.Postgres, "sequence", "a b a b", 2)]
    public async Task Triggers_are_made_of_triggers(DatabaseKind kind, string type, string events, int fired)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        var require = type == "compound" ? ""","require":"all" """ : "";
        await bench.CreateAsync(
            $$$"""{"type":"{{{type}}}","within":60{{{require}}},"triggers":[{{{OnA}}},{"type":"compound","within":null,"require":"any","triggers":[{"type":"event","posture":"Reactive","expect":["b"]}]}]}""");
        foreach (var name in events.Split(' ')) await bench.TellAsync(name);

        await bench.SettleAsync();

        Assert.Equal(fired, await bench.FiredAsync());
        if (fired == 0) return;
        Assert.Equal(0, await bench.CountAsync("select count(*) from composite_trigger_child_firing"));
        Assert.Equal(type, (await bench.EventsAsync("prefect.automation.action.executed"))[0]["resource"]!["prefect.trigger-type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task An_event_that_comes_before_the_one_it_follows_waits_for_it(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","after":["a"],"expect":["b"],"within":60}""");
        var leader = Guid.NewGuid();
        await bench.TellAsync("b", follows: leader);
        await bench.SettleAsync();
        Assert.Equal(0, await bench.FiredAsync());
        Assert.Equal(1, await bench.CountAsync("select count(*) from automation_event_follower"));

        await bench.TellAsync("a", id: leader);
        await bench.SettleAsync();

        Assert.Equal(1, await bench.FiredAsync());
        Assert.Equal(0, await bench.CountAsync("select count(*) from automation_event_follower"));
    }

    [Fact]
    public async Task An_event_whose_leader_never_comes_is_evaluated_after_a_quarter_of_an_hour()
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Sqlite);
        await bench.CreateAsync(OnA);
        await bench.TellAsync("a", follows: Guid.NewGuid());
        await bench.SettleAsync();
        Assert.Equal(0, await bench.FiredAsync());

        bench.Server.Clock.Advance(TimeSpan.FromMinutes(15));
        await bench.SettleAsync();

        Assert.Equal(1, await bench.FiredAsync());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_change_counts_from_the_next_event_on(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        var id = await bench.CreateAsync(OnA);
        await bench.TellAsync("a");
        await bench.SettleAsync();
        await bench.Server.PatchAsync($"automations/{id}", """{"enabled":false}""");
        await bench.TellAsync("a");
        await bench.SettleAsync();
        Assert.Equal(1, await bench.FiredAsync());

        bench.Server.Clock.Advance(TimeSpan.FromSeconds(1));
        await bench.Server.SendAsync(HttpMethod.Put, $"automations/{id}", """{"name":"a","enabled":true,"trigger":{"type":"event","posture":"Reactive","expect":["c"]},"actions":[]}""");
        await bench.TellAsync("a");
        await bench.TellAsync("c");
        await bench.SettleAsync();
        Assert.Equal(2, await bench.FiredAsync());

        await bench.Server.DeleteAsync($"automations/{id}");
        await bench.TellAsync("c");
        await bench.SettleAsync();
        Assert.Equal(2, await bench.FiredAsync());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task An_automation_that_cannot_be_read_does_not_keep_the_others_from_firing(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        var odd = await bench.CreateAsync(OnA, name: "odd one");
        await bench.CreateAsync(OnA, name: "good");
        await bench.Server.Database.ExecuteAsync($$$"""update automation set trigger = '{"type":"metric","metric":{"name":"x"}}' where id = '{{{odd}}}'""");
        await bench.TellAsync("a");

        await bench.SettleAsync();

        Assert.Equal(1, await bench.FiredAsync());
        Assert.Equal(0, await bench.CountAsync("select count(*) from reeve_dead_letter"));
        Assert.Contains(bench.Server.Faults, static fault => fault.StartsWith("The automation odd one cannot be read", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task An_automation_that_sets_itself_off_is_stopped_and_told_of(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        var id = await bench.CreateAsync("""{"type":"event","posture":"Reactive"}""");
        await bench.TellAsync("a");

        await bench.SettleAsync();

        Assert.InRange(await bench.FiredAsync(), 5, 100);
        var broken = Assert.Single(await bench.EventsAsync("reeve.automation.loop-broken"));
        Assert.Equal($"prefect.automation.{id}", broken["resource"]!["prefect.resource.id"]!.GetValue<string>());
        Assert.True(await bench.CountAsync("select suppressed from reeve_automation_loop") > 0);
    }

    [Fact]
    public async Task Two_automations_that_set_each_other_off_are_stopped()
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Sqlite);
        var on = """[{"type":"resume-automation","automation_id":"ID"}]""";
        var target = await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["never"]}""", name: "target");
        var updated = $$$"""{"type":"event","posture":"Reactive","expect":["prefect.automation.updated"],"match":{"prefect.resource.id":"prefect.automation.{{{target}}}"}}""";
        await bench.CreateAsync(updated, on.Replace("ID", target.ToString(), StringComparison.Ordinal), "ping");
        await bench.Server.PatchAsync($"automations/{target}", """{"enabled":true}""");

        await bench.SettleAsync();

        Assert.InRange(await bench.FiredAsync(), 5, 15);
        Assert.Single(await bench.EventsAsync("reeve.automation.loop-broken"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Two_relays_that_evaluate_two_copies_of_an_event_at_once_fire_once(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        await using var beside = await bench.StartBesideAsync();
        await bench.CreateAsync(OnA);
        await bench.SettleAsync();
        var told = await bench.TellAsync("a");
        var db = bench.Server.Server.Services.GetRequiredService<Db>();
        var overtaken = 0;
        // The first relay knows that the event was not evaluated when a client that sent it again has the second one evaluate it.
        db.OnStep = step =>
        {
            if (step.Statement?.Contains("from automation_bucket", StringComparison.Ordinal) != true || Interlocked.Exchange(ref overtaken, 1) == 1) return;
            beside.TellAsync("a", id: told).GetAwaiter().GetResult();
            beside.DeliverAsync().GetAwaiter().GetResult();
        };

        await bench.DeliverAsync();
        await bench.SettleAsync();

        Assert.Equal((1, 1), (overtaken, await bench.FiredAsync()));
        Assert.Equal(1, await bench.CountAsync("select count(*) from reeve_action"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_relay_that_dies_while_it_isolates_an_event_that_another_consumer_refuses_neither_loses_nor_doubles_a_firing(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["prefect.task-run.*"]}""");
        await bench.SettleAsync();
        var (events, died) = (0, 0);
        static void Poison(DbStep step) => Refuse(step, "insert into task_run");
        for (var (at, dies) = (1, true); dies; at++)
        {
            await bench.Server.PostAsync("events", $"[{Events.Told.TaskRunState(Guid.NewGuid(), null, Guid.NewGuid(), "RUNNING", 1)}]");
            events++;
            dies = await DiesAsync(bench, at, Poison);
            if (dies) died++;
            await bench.DeliverAsync();
        }
        await bench.SettleAsync();

        Assert.True(died > 20, $"died {died} times");
        Assert.Equal((events, events), (await bench.FiredAsync(), await bench.CountAsync("select count(*) from reeve_dead_letter where consumer = 'TaskRunRecorder'")));
        Assert.Equal(events, await bench.CountAsync("select count(*) from reeve_action where status = 'done'"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task An_event_that_could_not_be_evaluated_is_evaluated_when_it_is_replayed(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        await bench.CreateAsync(OnA);
        await bench.SettleAsync();
        var db = bench.Server.Server.Services.GetRequiredService<Db>();
        db.OnStep = static step => Refuse(step, "from automation_bucket");
        await bench.TellAsync("a");
        await bench.DeliverAsync();
        db.OnStep = null;
        var (_, letters) = await bench.Server.GetAsync("reeve/dead_letters");
        var letter = Assert.Single(letters!.AsArray())!;
        Assert.Equal("ReactiveTriggers", (string?)letter["consumer"]);

        Assert.Equal(204, (await bench.Server.PostAsync($"reeve/dead_letters/{letter["id"]}/replay")).Status);
        await bench.SettleAsync();

        Assert.Equal(1, await bench.FiredAsync());
        Assert.Equal(0, await bench.CountAsync("select count(*) from reeve_dead_letter"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task An_event_that_waited_and_cannot_be_evaluated_keeps_nothing_else_from_being_judged(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        await bench.CreateAsync(OnA, name: "poisoned");
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["b"]}""", name: "b");
        await bench.CreateAsync("""{"type":"event","posture":"Proactive","expect":["beat"],"within":1200}""", name: "silence");
        await bench.TellAsync("a", follows: Guid.NewGuid());
        bench.Server.Clock.Advance(TimeSpan.FromSeconds(1));
        await bench.TellAsync("b", follows: Guid.NewGuid());
        await bench.SettleAsync();
        Assert.Equal(2, await bench.CountAsync("select count(*) from automation_event_follower"));
        var db = bench.Server.Server.Services.GetRequiredService<Db>();
        var read = 0;
        // Together, and the first of them alone.
        db.OnStep = step =>
        {
            if (step.Statement?.Contains("from automation_bucket b where (b.automation_id", StringComparison.Ordinal) == true && ++read <= 2) throw Refused();
        };
        bench.Server.Clock.Advance(TimeSpan.FromMinutes(30));
        await bench.SettleAsync();
        db.OnStep = null;

        Assert.Equal(2, await bench.FiredAsync());
        Assert.Equal(0, await bench.CountAsync("select count(*) from automation_event_follower"));
        Assert.Equal(1, await bench.CountAsync("select count(*) from reeve_dead_letter where consumer = 'ReactiveTriggers'"));
    }

    [Theory]
    [InlineData("""[{"prefect.resource.id":"x","prefect.resource.role":"automation-triggered-event"}]""", "")]
    [InlineData("[]", "0001-01-01T00:00:01Z")]
    [InlineData("[]", "9999-12-31T23:59:59Z")]
    public async Task An_event_with_odd_labels_or_an_odd_time_sets_off_automations_as_others_do(string related, string occurred)
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Sqlite);
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"],"within":60}""");
        var at = occurred.Length == 0 ? default : bench.Server.Clock.GetUtcNow() - DateTimeOffset.Parse(occurred, System.Globalization.CultureInfo.InvariantCulture);
        await bench.TellAsync("a", related: related, ago: at);

        await bench.SettleAsync();

        Assert.Equal(1, await bench.FiredAsync());
        Assert.Equal(0, await bench.CountAsync("select count(*) from reeve_dead_letter"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_change_by_a_server_whose_clock_is_behind_counts_from_the_next_event_on(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        var id = await bench.CreateAsync(OnA, more: ""","enabled":false""");
        bench.Server.Clock.Advance(TimeSpan.FromSeconds(10));
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["other"]}""", name: "newest");
        await bench.TellAsync("a");
        await bench.SettleAsync();
        Assert.Equal(0, await bench.FiredAsync());

        // As that server writes it: the change is the newest, though not by its time.
        await bench.Server.Database.ExecuteAsync($"update automation set enabled = true, updated = '2026-03-02 12:00:05.000000{(kind == DatabaseKind.Postgres ? "+00" : "")}' where id = '{id}'");
        await bench.TellAsync("a");
        await bench.SettleAsync();

        Assert.Equal(1, await bench.FiredAsync());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_relay_that_dies_between_any_two_statements_neither_loses_nor_doubles_a_firing(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"],"threshold":2,"within":3600}""");
        await bench.CreateAsync($$"""{"type":"sequence","within":null,"triggers":[{{OnA}},{"type":"event","posture":"Reactive","expect":["b"]}]}""", name: "sequence");
        var died = 0;
        for (var at = 1; at <= 14; at++)
        {
            await bench.TellAsync("a");
            await bench.TellAsync("b");
            if (await DiesAsync(bench, at)) died++;
            await bench.SettleAsync();
        }

        Assert.True(died >= 5, $"died {died} times");
        Assert.Equal(14, await bench.CountAsync("select count(*) from reeve_action a join automation m on m.id = a.automation_id where m.name = 'sequence'"));
        Assert.Equal(1, await bench.CountAsync("select count(*) from reeve_action a join automation m on m.id = a.automation_id where m.name = 'a'"));
        Assert.Equal(0, await bench.CountAsync("select count(*) from reeve_action where status <> 'done'"));
    }

    /// <summary>One delivery by a relay that is killed before its statement number <paramref name="at"/>; whether it came so far.</summary>
    /// <param name="bench">Where.</param>
    /// <param name="at">From 1 on.</param>
    /// <param name="always">What every statement meets, also after that.</param>
    private static async Task<bool> DiesAsync(AutomationBench bench, int at, Action<DbStep>? always = null)
    {
        var db = bench.Server.Server.Services.GetRequiredService<Db>();
        var steps = 0;
        db.OnStep = step =>
        {
            always?.Invoke(step);
            if (++steps == at) throw new DatabaseException(DatabaseErrorKind.Unavailable, "killed", null, null);
        };
        try
        {
            await bench.DeliverAsync();
            return false;
        }
        catch (DatabaseException)
        {
            return true;
        }
        finally
        {
            db.OnStep = always;
        }
    }

    private static void Refuse(DbStep step, string statement)
    {
        if (step.Statement?.Contains(statement, StringComparison.Ordinal) == true) throw Refused();
    }

    private static DatabaseException Refused() => new(DatabaseErrorKind.Other, "poison", null, null);
}
