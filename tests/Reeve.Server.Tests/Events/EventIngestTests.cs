using Reeve.Server.Events;
using Reeve.Server.Hosting;
using Reeve.Server.Services;
using Reeve.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Reeve.Server.Tests.Events;

public sealed class EventIngestTests
{
    private const string Related = """[{"prefect.resource.id":"other.1","prefect.resource.role":"friend","label":"x"}]""";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Events_taken_in_are_stored_with_their_resources_once(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind, ServerRole.Everything);
        var id = Guid.NewGuid();

        var (first, _) = await server.PostAsync("events", $"[{Told.Event(id, related: Related)},{Told.Event(Guid.NewGuid())}]");
        var (second, _) = await server.PostAsync("events", $"[{Told.Event(id, related: Related)}]");
        await OutboxEmptyAsync(server);

        Assert.Equal((204, 204), (first, second));
        Assert.Equal(2, await server.Database.ScalarAsync<long>("select count(*) from events"));
        Assert.Equal(3, await server.Database.ScalarAsync<long>("select count(*) from event_resources"));
        Assert.Equal(1, await server.Database.ScalarAsync<long>(
            "select count(*) from event_resources where resource_id = 'other.1' and resource_role = 'friend'"));
    }

    [Theory]
    [InlineData("""[{}]""")]
    [InlineData("""[{"id":"00000000-0000-0000-0000-000000000001","event":"x","occurred":"2026-03-02T12:00:00Z","resource":{}}]""")]
    [InlineData("""[{"id":"00000000-0000-0000-0000-000000000001","event":"x","occurred":"2026-03-02T12:00:00Z","resource":{"prefect.resource.id":""}}]""")]
    [InlineData("""[{"id":"00000000-0000-0000-0000-000000000001","event":"x","occurred":"2026-03-02T12:00:00Z","resource":{"prefect.resource.id":"a"},"related":[{"prefect.resource.id":"b"}]}]""")]
    [InlineData("""[{"id":"no","event":"x","occurred":"2026-03-02T12:00:00Z","resource":{"prefect.resource.id":"a"}}]""")]
    [InlineData("""{}""")]
    public async Task One_bad_event_refuses_the_request(string body)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);

        var (status, _) = await server.PostAsync("events", body);

        Assert.Equal(422, status);
        Assert.Equal(0, await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Text_that_no_database_holds_does_not_block_the_outbox(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind, ServerRole.Everything);
        var odd = Told.Event(Guid.NewGuid(), resource: @"nul\u0000").Replace("\"n\":0", @"""n"":""a\u0000b\\u0000\ud83d\ude00""", StringComparison.Ordinal);

        var (status, _) = await server.PostAsync("events", $"[{odd},{Told.Event(Guid.NewGuid())}]");
        await OutboxEmptyAsync(server);

        Assert.Equal(204, status);
        Assert.Equal(2, await server.Database.ScalarAsync<long>("select count(*) from events"));
    }

    [Fact]
    public async Task Events_larger_than_the_setting_are_dropped_and_the_others_kept()
    {
        await using var server = await TestServer.StartAsync(
            DatabaseKind.Sqlite, null, "PREFECT_SERVER_EVENTS_MAXIMUM_SIZE_BYTES=500");

        var (status, _) = await server.PostAsync("events", $"[{Told.Event(Guid.NewGuid(), name: new string('x', 600))},{Told.Event(Guid.NewGuid())}]");

        Assert.Equal(204, status);
        Assert.Equal(1, await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox"));
    }

    [Fact]
    public async Task Two_relays_share_the_work_without_loss_or_doubling()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        for (var i = 0; i < 12; i++)
        {
            var events = Enumerable.Range(0, 100).Select(_ => Told.Event(Guid.NewGuid(), related: Related));
            await server.PostAsync("events", $"[{string.Join(',', events)}]");
        }

        var delivered = await Task.WhenAll(DrainAsync(server), DrainAsync(server), DrainAsync(server));

        Assert.Equal(1200, delivered.Sum());
        Assert.Equal(1200, await server.Database.ScalarAsync<long>("select count(*) from events"));
        Assert.Equal(2400, await server.Database.ScalarAsync<long>("select count(*) from event_resources"));
        Assert.Equal(0, await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_relay_that_dies_between_any_two_statements_loses_and_doubles_nothing(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var db = server.Server.Services.GetRequiredService<Reeve.Data.Db>();
        var run = Guid.NewGuid();
        var died = 0;
        for (var at = 1; at < 32; at++)
        {
            await server.PostAsync("events", $"[{Told.Event(Guid.NewGuid(), related: Related)},{Told.TaskRunState(run, null, Guid.NewGuid(), "RUNNING", at)}]");
            var steps = 0;
            var wanted = at;
            db.OnStep = _ =>
            {
                if (++steps == wanted) throw new Reeve.Data.DatabaseException(Reeve.Data.DatabaseErrorKind.Unavailable, "killed", null, null);
            };
            try
            {
                await DrainAsync(server);
            }
            catch (Reeve.Data.DatabaseException)
            {
                died++;
            }
            db.OnStep = null;
            await DrainAsync(server);

            Assert.Equal(2 * at, await server.Database.ScalarAsync<long>("select count(*) from events"));
            Assert.Equal(3 * at, await server.Database.ScalarAsync<long>("select count(*) from event_resources"));
            Assert.Equal(at, await server.Database.ScalarAsync<long>("select count(*) from task_run_state"));
            Assert.Equal(0, await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox"));
        }
        Assert.InRange(died, 5, 30);
    }

    internal static async Task<int> DrainAsync(TestServer server)
    {
        var relay = server.Server.Services.GetServices<Service>().OfType<EventRelay>().Single();
        var delivered = 0;
        while (true)
        {
            var outcome = await relay.RunOnceAsync(CancellationToken.None);
            delivered += outcome.Items;
            if (!outcome.More) return delivered;
        }
    }

    internal static Task OutboxEmptyAsync(TestServer server) =>
        Eventually.TrueAsync("delivery", "outbox", async () => await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox") == 0, "empty");
}
