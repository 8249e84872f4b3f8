using Microsoft.Extensions.DependencyInjection;
using Reeve.Data;
using Reeve.Server.Hosting;
using Reeve.Testing;

namespace Reeve.Server.Tests.Events;

public sealed class DeadLetterTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task What_one_consumer_cannot_take_is_kept_for_it_and_replayed(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind, ServerRole.Everything);
        var db = server.Server.Services.GetRequiredService<Db>();
        db.OnStep = static step =>
        {
            if (step.Statement?.Contains("insert into task_run", StringComparison.Ordinal) == true) throw new DatabaseException(DatabaseErrorKind.Other, "poison", null, null);
        };
        var run = Guid.NewGuid();
        var state = Guid.NewGuid();

        await server.PostAsync("events", $"[{Told.Event(Guid.NewGuid())},{Told.TaskRunState(run, null, state, "RUNNING", 1)},{Told.Event(Guid.NewGuid())}]");
        await Eventually.TrueAsync("isolating", "outbox", async () => await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox") == 0, "empty");
        var (_, list) = await server.GetAsync("reeve/dead_letters");
        var letter = Assert.Single(list!.AsArray())!;
        var (again, _) = await server.PostAsync($"reeve/dead_letters/{letter["id"]}/replay", "");
        var (_, inspected) = await server.GetAsync($"reeve/dead_letters/{letter["id"]}");
        db.OnStep = null;
        var (replayed, _) = await server.PostAsync($"reeve/dead_letters/{letter["id"]}/replay", "");

        Assert.Equal(("TaskRunRecorder", "poison", 1, state.ToString()), ((string)letter["consumer"]!, (string)letter["error"]!, (int)letter["attempts"]!, (string)letter["event_id"]!));
        Assert.Equal((409, 2, 204), (again, (int)inspected!["attempts"]!, replayed));
        Assert.Equal("prefect.task-run.RUNNING", (string)inspected["event"]!["event"]!);
        Assert.Equal(3, await server.Database.ScalarAsync<long>("select count(*) from events"));
        Assert.Equal(1, await server.Database.ScalarAsync<long>("select count(*) from task_run"));
        Assert.Equal(0, await server.Database.ScalarAsync<long>("select count(*) from reeve_dead_letter"));
        Assert.Equal(404, (await server.DeleteAsync($"reeve/dead_letters/{letter["id"]}")).Status);
    }

    [Theory]
    [InlineData("?limit=0", 422)]
    [InlineData("?limit=x", 422)]
    [InlineData("?offset=-1", 422)]
    [InlineData("?limit=5&consumer=EventPersister", 200)]
    public async Task The_list_checks_what_it_is_asked(string query, int expected)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);

        Assert.Equal(expected, (await server.GetAsync("reeve/dead_letters" + query)).Status);
    }

    [Fact]
    public async Task Each_consumer_is_listed_with_its_own_numbers()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite, ServerRole.Everything);
        await server.PostAsync("events", $"[{Told.Event(Guid.NewGuid())}]");
        await Eventually.TrueAsync("storing", "events", async () => await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox") == 0, "stored");

        var listed = await Eventually.GetAsync("listing", "services", async () => (await server.GetAsync("reeve/services")).Body!.AsArray(),
            static all => all.Any(static each => (string)each!["name"]! == "EventPersister" && (long)each["items"]! == 1), "one event of the persister");

        Assert.Contains(listed, static each => (string)each!["name"]! == "TaskRunRecorder" && (long)each["items"]! == 1);
        Assert.Contains(listed, static each => (string)each!["name"]! == "EventRelay");
        Assert.Contains(listed, static each => (string)each!["name"]! == "EventLogger" && !(bool)each["runs_here"]! && (long)each["items"]! == 0);
    }
}
