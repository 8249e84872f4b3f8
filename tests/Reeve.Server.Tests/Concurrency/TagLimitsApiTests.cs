using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Server.Tests.Concurrency;

public sealed class TagLimitsApiTests
{
    private const string Legacy =
        """insert into concurrency_limit (id, created, updated, tag, concurrency_limit, active_slots) values ('6f1a1c0e-0000-4000-8000-000000000001', '2026-01-01 00:00:00', '2026-01-01 00:00:00', 'old', 1, '[]')""";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_tags_limit_is_made_changed_and_shown_with_its_holders(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var task = Guid.NewGuid();

        var (made, limit) = await server.PostAsync("concurrency_limits/", """{"tag":"t","concurrency_limit":1}""");
        var (changed, _) = await server.PostAsync("concurrency_limits/", """{"tag":"t","concurrency_limit":2}""");
        await server.PostAsync("concurrency_limits/increment", Ask(["t", "none"], task));
        var (_, byTag) = await server.GetAsync("concurrency_limits/tag/t");
        var (_, byId) = await server.GetAsync($"concurrency_limits/{limit!["id"]}");
        var (_, global) = await server.GetAsync("v2/concurrency_limits/tag:t");
        await server.PostAsync("v2/concurrency_limits/", """{"name":"other","limit":1}""");
        await server.Database.ExecuteAsync(Legacy);
        var (_, all) = await server.PostAsync("concurrency_limits/filter");
        var (_, second) = await server.PostAsync("concurrency_limits/filter", """{"offset":1,"limit":1}""");

        var (far, beyond) = await server.PostAsync("concurrency_limits/filter", """{"offset":2147483647}""");

        Assert.Equal((201, 200), (made, changed));
        Assert.Equal((200, "[]"), (far, beyond!.ToJsonString()));
        Assert.Equal(["id", "created", "updated", "tag", "concurrency_limit", "active_slots"], byTag!.AsObject().Select(static member => member.Key));
        Assert.Equal(byTag.ToJsonString(), byId!.ToJsonString());
        Assert.Equal((2, task.ToString()), ((int)byTag["concurrency_limit"]!, (string?)Assert.Single(byTag["active_slots"]!.AsArray())));
        Assert.Equal((2, 1), ((int)global!["limit"]!, (int)global["active_slots"]!));
        Assert.Equal(["t", "old"], all!.AsArray().Select(static each => (string?)each!["tag"]));
        Assert.Equal(["old"], second!.AsArray().Select(static each => (string?)each!["tag"]));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_task_run_takes_a_slot_of_every_tag_or_of_none_and_gives_back_its_own(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("concurrency_limits/", """{"tag":"a","concurrency_limit":1}""");
        await server.PostAsync("concurrency_limits/", """{"tag":"b","concurrency_limit":2}""");
        await server.PostAsync("concurrency_limits/", """{"tag":"zero","concurrency_limit":0}""");
        await server.Database.ExecuteAsync(Legacy);
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());

        var (took, taken) = await server.PostAsync("concurrency_limits/increment", Ask(["b", "a", "old", "none"], first));
        var (full, wait) = await Slots.TryAsync(server, "concurrency_limits/increment", Ask(["b", "a"], second));
        var (oldFull, _) = await Slots.TryAsync(server, "concurrency_limits/increment", Ask(["b", "old"], second));
        var (zero, noWait) = await Slots.TryAsync(server, "concurrency_limits/increment", Ask(["b", "zero"], second));
        var (_, nothing) = await server.PostAsync("concurrency_limits/decrement", Ask(["a", "b", "old"], second));
        var held = (await Slots.OfAsync(server, "tag:a"), await Slots.OfAsync(server, "tag:b"));
        var (gave, given) = await server.PostAsync("concurrency_limits/decrement", Ask(["a", "b", "old"], first));

        Assert.Equal((200, 423, 423, 423, 200), (took, full, oldFull, zero, gave));
        Assert.Equal((10.0, double.NaN), (wait, noWait));
        Assert.Equal(["b", "a", "old"], taken!.AsArray().Select(static each => (string?)each!["name"]));
        Assert.Equal(["tag:a", "tag:b"], nothing!.AsArray().Select(static each => (string?)each!["name"]));
        Assert.Equal(["tag:a", "tag:b", "old"], given!.AsArray().Select(static each => (string?)each!["name"]));
        Assert.Equal(((1, 1), (1, 1)), held);
        Assert.Equal(((0, 0), (0, 0)), (await Slots.OfAsync(server, "tag:a"), await Slots.OfAsync(server, "tag:b")));
        Assert.Equal("[]", (await server.GetAsync("concurrency_limits/tag/old")).Body!["active_slots"]!.ToJsonString());
        Assert.Equal(0, await server.Database.ScalarAsync<long>("select count(*) from reeve_concurrency_lease"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_reset_hands_the_slots_over_and_leaves_other_tags_theirs(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("concurrency_limits/", """{"tag":"a","concurrency_limit":3}""");
        await server.PostAsync("concurrency_limits/", """{"tag":"b","concurrency_limit":3}""");
        await server.Database.ExecuteAsync(Legacy);
        await server.PostAsync("concurrency_limits/increment", Ask(["a", "b"], Guid.NewGuid()));
        await server.PostAsync("concurrency_limits/increment", Ask(["a"], Guid.NewGuid()));
        var (next, other) = (Guid.NewGuid(), Guid.NewGuid());

        var (reset, answer) = await server.PostAsync("concurrency_limits/tag/a/reset", $$"""{"slot_override":["{{next}}","{{other}}","{{next}}"]}""");
        var (_, handed) = await server.GetAsync("concurrency_limits/tag/a");
        var afterOverride = (await Slots.OfAsync(server, "tag:a"), await Slots.OfAsync(server, "tag:b"));
        await server.PostAsync("concurrency_limits/tag/a/reset", "");
        var (oldReset, _) = await server.PostAsync("concurrency_limits/tag/old/reset", $$"""{"slot_override":["{{next}}"]}""");
        var (_, old) = await server.GetAsync("concurrency_limits/tag/old");
        var (missing, _) = await server.PostAsync("concurrency_limits/tag/none/reset");

        Assert.Equal((200, 200, 404), (reset, oldReset, missing));
        Assert.Null(answer);
        Assert.Equal(new[] { next.ToString(), other.ToString() }.Order(), handed!["active_slots"]!.AsArray().Select(static id => (string)id!).Order());
        Assert.Equal(((2, 2), (1, 1)), afterOverride);
        Assert.Equal((0, 0), await Slots.OfAsync(server, "tag:a"));
        Assert.Equal(next.ToString(), (string?)Assert.Single(old!["active_slots"]!.AsArray()));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Deleting_a_tags_limit_revokes_what_is_held_of_it_alone(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("concurrency_limits/", """{"tag":"a","concurrency_limit":3}""");
        var (_, b) = await server.PostAsync("concurrency_limits/", """{"tag":"b","concurrency_limit":3}""");
        await server.Database.ExecuteAsync(Legacy);
        var task = Guid.NewGuid();
        await server.PostAsync("concurrency_limits/increment", Ask(["a", "b"], task));
        await server.PostAsync("concurrency_limits/increment", Ask(["a"], task));

        var (gone, body) = await server.DeleteAsync("concurrency_limits/tag/a");
        var (again, _) = await server.DeleteAsync("concurrency_limits/tag/a");
        Assert.Equal((200, 404), (gone, again));
        Assert.Null(body);
        Assert.Equal((1, 1), await Slots.OfAsync(server, "tag:b"));
        Assert.Equal(1, await server.Database.ScalarAsync<long>("select count(*) from reeve_concurrency_lease"));

        Assert.Equal(200, (await server.DeleteAsync($"concurrency_limits/{b!["id"]}")).Status);
        Assert.Equal(200, (await server.DeleteAsync("concurrency_limits/6f1a1c0e-0000-4000-8000-000000000001")).Status);
        Assert.Equal(404, (await server.DeleteAsync($"concurrency_limits/{b["id"]}")).Status);
        Assert.Equal(404, (await server.GetAsync($"concurrency_limits/{b["id"]}")).Status);
        Assert.Equal(0, await server.Database.ScalarAsync<long>("select count(*) from reeve_concurrency_lease"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_row_of_the_old_table_gives_any_holder_its_slot_back(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.Database.ExecuteAsync(Legacy);

        foreach (var holder in new[] { Guid.NewGuid(), Guid.Empty })
        {
            Assert.Equal(200, (await server.PostAsync("concurrency_limits/increment", Ask(["old"], holder))).Status);
            var (_, taken) = await server.GetAsync("concurrency_limits/tag/old");
            var (_, given) = await server.PostAsync("concurrency_limits/decrement", Ask(["old"], holder));
            var (_, free) = await server.GetAsync("concurrency_limits/tag/old");

            Assert.Contains(holder.ToString(), taken!["active_slots"]!.AsArray().Select(static id => (string)id!));
            Assert.Equal("old", (string?)Assert.Single(given!.AsArray())!["name"]);
            Assert.DoesNotContain(holder.ToString(), free!["active_slots"]!.AsArray().Select(static id => (string)id!));
        }
    }

    private static string Ask(string[] tags, Guid task) => new JsonObject
    {
        ["names"] = new JsonArray([.. tags.Select(static tag => (JsonNode)tag)]),
        ["task_run_id"] = task.ToString(),
    }.ToJsonString();
}
