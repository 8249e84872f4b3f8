using Reeve.Testing;

namespace Reeve.Server.Tests.Concurrency;

public sealed class ConcurrencyLimitsApiTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_limit_is_made_read_changed_and_deleted_by_id_and_by_name(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);

        var (made, limit) = await CreateAsync(server, """{"name":"a","limit":2,"slot_decay_per_second":0.5}""");
        var (again, _) = await CreateAsync(server, """{"name":"a","limit":2}""");
        var (_, byName) = await server.GetAsync("v2/concurrency_limits/a");
        var (_, byId) = await server.GetAsync($"v2/concurrency_limits/{limit!["id"]}");
        var (changed, _) = await server.PatchAsync("v2/concurrency_limits/a", """{"name":"b","limit":7,"active":false}""");
        var (unsaid, _) = await server.PatchAsync("v2/concurrency_limits/b", """{"limit":null}""");
        var (_, renamed) = await server.GetAsync("v2/concurrency_limits/b");
        await CreateAsync(server, """{"name":"c","limit":1}""");
        var (taken, _) = await server.PatchAsync("v2/concurrency_limits/c", """{"name":"b"}""");
        var (_, all) = await server.PostAsync("v2/concurrency_limits/filter", """{"offset":1}""");
        var (gone, _) = await server.DeleteAsync("v2/concurrency_limits/b");
        var (missing, _) = await server.DeleteAsync($"v2/concurrency_limits/{limit["id"]}");
        var (unread, _) = await server.GetAsync("v2/concurrency_limits/b");
        var (unchanged, _) = await server.PatchAsync("v2/concurrency_limits/b", "{}");

        Assert.Equal((201, 409, 204, 409, 409), (made, again, changed, unsaid, taken));
        Assert.Equal((204, 404, 404, 404), (gone, missing, unread, unchanged));
        Assert.Equal(2.0, (double)limit["avg_slot_occupancy_seconds"]!);
        Assert.Equal(byName!.ToJsonString(), byId!.ToJsonString());
        Assert.Equal(
            ["id", "created", "updated", "active", "name", "limit", "active_slots", "slot_decay_per_second"],
            byName.AsObject().Select(static member => member.Key));
        Assert.Equal((7, false, 0.5), ((int)renamed!["limit"]!, (bool)renamed["active"]!, (double)renamed["slot_decay_per_second"]!));
        Assert.Equal(["c"], all!.AsArray().Select(static each => (string?)each!["name"]));
        Assert.Equal(
            ["created", "updated", "created", "deleted"],
            (await EventsAsync(server)).Select(static name => name.Split('.')[^1]));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Slots_are_taken_of_all_limits_or_of_none(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await CreateAsync(server, """{"name":"a","limit":2}""");
        await CreateAsync(server, """{"name":"b","limit":1}""");
        await CreateAsync(server, """{"name":"off","limit":1,"active":false}""");

        var (both, taken) = await server.PostAsync("v2/concurrency_limits/increment", """{"slots":1,"names":["b","a","off","unknown"]}""");
        var (full, wait) = await Slots.TryAsync(server, "v2/concurrency_limits/increment", """{"slots":1,"names":["a","b"]}""");
        var (never, _) = await server.PostAsync("v2/concurrency_limits/increment", """{"slots":3,"names":["a"]}""");
        var (_, given) = await server.PostAsync("v2/concurrency_limits/decrement", """{"slots":5,"names":["a","b","off"],"occupancy_seconds":20}""");
        var (nobody, none) = await server.PostAsync("v2/concurrency_limits/decrement", """{"slots":1,"names":["unknown"]}""");

        Assert.Equal((200, 423, 422, 200), (both, full, never, nobody));
        Assert.Equal(["a", "b", "off"], taken!.AsArray().Select(static each => (string?)each!["name"]));
        Assert.Equal(3, given!.AsArray().Count);
        Assert.Empty(none!.AsArray());
        // Average 2 s, one refused of one slot: about two seconds, spread, never more than 1.3 times.
        Assert.InRange(wait, 1.0, 2.6);
        Assert.Equal((0, 0), await Slots.OfAsync(server, "a"));
        Assert.Equal((0, 0), await Slots.OfAsync(server, "b"));
        // 20 s over 5 slots are 4 s a slot; the average moves by a half of the difference for a limit of one.
        Assert.Equal(3.0, await server.Database.ScalarAsync<double>("select avg_slot_occupancy_seconds from concurrency_limit_v2 where name = 'b'"), 6);
        Assert.Equal(2.0, await server.Database.ScalarAsync<double>("select avg_slot_occupancy_seconds from concurrency_limit_v2 where name = 'off'"), 6);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_lease_holds_its_slots_until_it_is_given_back(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await CreateAsync(server, """{"name":"a","limit":2}""");
        await CreateAsync(server, """{"name":"b","limit":9}""");

        var lease = await Slots.AcquireAsync(server, """{"slots":2,"names":["a","b"],"lease_duration":60}""");
        Assert.Null(await Slots.AcquireAsync(server, """{"slots":1,"names":["b","a"]}"""));
        Assert.Equal(((2, 2), (2, 2)), (await Slots.OfAsync(server, "a"), await Slots.OfAsync(server, "b")));

        var (renewed, _) = await server.PostAsync($"v2/concurrency_limits/leases/{lease}/renew", """{"lease_duration":120}""");
        var (unknown, _) = await server.PostAsync($"v2/concurrency_limits/leases/{Guid.NewGuid()}/renew");
        var (tooShort, _) = await server.PostAsync($"v2/concurrency_limits/leases/{lease}/renew", """{"lease_duration":1}""");
        Assert.Equal((204, 410, 422), (renewed, unknown, tooShort));

        server.Clock.Advance(TimeSpan.FromSeconds(8));
        var (given, _) = await server.PostAsync("v2/concurrency_limits/decrement-with-lease", $$"""{"lease_id":"{{lease}}"}""");
        var (twice, _) = await server.PostAsync("v2/concurrency_limits/decrement-with-lease", $$"""{"lease_id":"{{lease}}"}""");
        Assert.Equal((204, 204), (given, twice));
        Assert.Equal(((0, 0), (0, 0)), (await Slots.OfAsync(server, "a"), await Slots.OfAsync(server, "b")));
        // 8 s over 2 slots are 4 s; (4 - 2) / (2 × 2) more than before.
        Assert.Equal(2.5, await server.Database.ScalarAsync<double>("select avg_slot_occupancy_seconds from concurrency_limit_v2 where name = 'a'"), 6);

        var (nothing, empty) = await server.PostAsync("v2/concurrency_limits/increment", """{"slots":1,"names":[]}""");
        Assert.Equal((200, "[]"), (nothing, empty!.ToJsonString()));
        var (_, none) = await server.PostAsync("v2/concurrency_limits/increment-with-lease", """{"slots":1,"names":["unknown"]}""");
        Assert.Empty(none!["limits"]!.AsArray());
        Assert.Equal(204, (await server.PostAsync($"v2/concurrency_limits/leases/{none["lease_id"]}/renew")).Status);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Slots_of_leases_are_not_given_back_by_number_nor_lost_with_a_limit_that_is_switched_off(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await CreateAsync(server, """{"name":"a","limit":3}""");
        await CreateAsync(server, """{"name":"b","limit":3}""");
        var lease = await Slots.AcquireAsync(server, """{"slots":2,"names":["a","b"]}""");
        await server.PostAsync("v2/concurrency_limits/increment", """{"slots":1,"names":["a"]}""");

        await server.PostAsync("v2/concurrency_limits/decrement", """{"slots":3,"names":["a"]}""");
        Assert.Equal((2, 2), await Slots.OfAsync(server, "a"));

        await server.PostAsync("v2/concurrency_limits/increment", """{"slots":1,"names":["a"]}""");
        await server.PatchAsync("v2/concurrency_limits/a", """{"active_slots":0}""");
        Assert.Equal((2, 2), await Slots.OfAsync(server, "a"));

        await server.PatchAsync("v2/concurrency_limits/a", """{"active":false}""");
        await server.DeleteAsync("v2/concurrency_limits/b");
        Assert.Equal(204, (await server.PostAsync($"v2/concurrency_limits/leases/{lease}/renew")).Status);
        Assert.Equal(204, (await server.PostAsync("v2/concurrency_limits/decrement-with-lease", $$"""{"lease_id":"{{lease}}"}""")).Status);
        Assert.Equal((0, 0), await Slots.OfAsync(server, "a"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_rate_limit_frees_its_slots_by_itself_however_often_it_is_asked(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await CreateAsync(server, """{"name":"rate","limit":2,"slot_decay_per_second":0.5}""");
        await CreateAsync(server, """{"name":"plain","limit":2}""");
        const string Ask = """{"slots":1,"names":["rate"],"mode":"rate_limit"}""";

        var (refused, why) = await server.PostAsync("v2/concurrency_limits/increment", """{"slots":1,"names":["rate","plain"],"mode":"rate_limit"}""");
        Assert.Equal((422, true), (refused, ((string?)why!["detail"])!.EndsWith("'plain'", StringComparison.Ordinal)));

        Assert.Equal(200, (await server.PostAsync("v2/concurrency_limits/increment", Ask)).Status);
        Assert.Equal(200, (await server.PostAsync("v2/concurrency_limits/increment", Ask)).Status);
        var statuses = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            var (status, wait) = await Slots.TryAsync(server, "v2/concurrency_limits/increment", Ask);
            statuses.Add(status);
            if (status == 423) Assert.InRange(wait, 0.5, 30);
            server.Clock.Advance(TimeSpan.FromSeconds(0.75));
        }

        // A slot every two seconds, asked for every three quarters of a second: at 2.25, 4.5 and 6.75 s.
        Assert.Equal([423, 423, 423, 200, 423, 423, 200, 423, 423, 200, 423, 423], statuses);
        server.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(0, (int)(await server.GetAsync("v2/concurrency_limits/rate")).Body!["active_slots"]!);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Waiters_are_told_to_wait_within_the_settings_however_many_there_are(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(
            kind, null, "PREFECT_SERVER_TASKS_TAG_CONCURRENCY_SLOT_WAIT_SECONDS=10", "PREFECT_SERVER_CONCURRENCY_MAXIMUM_CONCURRENCY_SLOT_WAIT_SECONDS=20");
        await CreateAsync(server, """{"name":"tag:t","limit":1,"active_slots":1,"denied_slots":5000}""");
        await CreateAsync(server, """{"name":"n","limit":1,"active_slots":1,"denied_slots":5000}""");

        for (var i = 0; i < 5; i++)
        {
            var (_, tag) = await Slots.TryAsync(server, "v2/concurrency_limits/increment-with-lease", """{"slots":1,"names":["tag:t"]}""");
            var (_, other) = await Slots.TryAsync(server, "v2/concurrency_limits/increment-with-lease", """{"slots":1,"names":["n","tag:t"]}""");
            Assert.InRange(tag, 7, 13);
            Assert.InRange(other, 7, 26);
        }

        Assert.Equal(5005, (int)await server.Database.ScalarAsync<long>("select cast(denied_slots as bigint) from concurrency_limit_v2 where name = 'n'"));
        Assert.Equal(0, (int)await server.Database.ScalarAsync<long>("select count(*) from reeve_concurrency_lease"));
    }

    private static Task<(int Status, System.Text.Json.Nodes.JsonNode? Body)> CreateAsync(TestServer server, string body) =>
        server.PostAsync("v2/concurrency_limits/", body);

    private static async Task<List<string>> EventsAsync(TestServer server)
    {
        await using var connection = await server.Database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select event ->> 'event' from reeve_outbox order by occurred, id";
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync()) names.Add(reader.GetString(0));
        return names;
    }
}
