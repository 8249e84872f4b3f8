using Reeve.Testing;

namespace Reeve.EndToEnd.Tests;

/// <summary><c>reeve dead-letters</c>, on a server that has some.</summary>
public sealed class DeadLetterCommandTests
{
    [Fact]
    public async Task Dead_letters_are_listed_inspected_replayed_and_deleted()
    {
        await using var database = await TemplateDatabase.EmptyAsync(DatabaseKind.Sqlite);
        await using var home = new ReeveHome();
        home.Environment["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = database.Url;
        await home.StartServerAsync("--no-services", "--no-ui");
        Assert.Contains("There are no dead letters.", (await home.OkAsync("dead-letters", "ls")).Out);
        var (good, lost) = (Guid.NewGuid(), Guid.NewGuid());
        await AddAsync(database, good, "EventPersister", "the disk was full");
        await AddAsync(database, lost, "Nobody", "not here");

        Assert.Matches($"{good} .*EventPersister .*thing.happened .*1 .*the disk was full", (await home.OkAsync("dead-letters", "ls")).Out);
        Assert.Equal(lost, Assert.Single((await home.OkAsync("dead-letters", "ls", "--consumer", "Nobody", "--json")).Json().EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal("thing.1", (await home.OkAsync("dead-letters", "inspect", $"{good}", "--json")).Json()
            .GetProperty("event").GetProperty("resource").GetProperty("prefect.resource.id").GetString());

        Assert.Contains($"Replayed {good}.", (await home.OkAsync("dead-letters", "replay", $"{good}")).Out);
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from events where event = 'thing.happened'"));
        var refused = await home.RunAsync("dead-letters", "replay", "--all");
        Assert.True(refused.Code == 1, refused.ToString());
        Assert.Contains("Nobody is not switched on", refused.Error);
        Assert.Equal(2, (await home.RunAsync("dead-letters", "replay")).Code);

        Assert.Equal(2, (await home.RunAsync("dead-letters", "delete", "--all")).Code);
        Assert.Contains($"Deleted {lost}.", (await home.OkAsync("dead-letters", "delete", "--all", "--yes")).Out);
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from reeve_dead_letter"));
        Assert.Equal(1, (await home.RunAsync("dead-letters", "inspect", $"{good}")).Code);
    }

    private static Task AddAsync(TestDatabase database, Guid id, string consumer, string error)
    {
        var told = Guid.NewGuid();
        const string Time = "2026-03-02 12:00:00.000000";
        var json = $$"""{"occurred":"2026-03-02T12:00:00Z","event":"thing.happened","resource":{"prefect.resource.id":"thing.1"},"related":[],"payload":{},"id":"{{told}}","follows":null,"received":"2026-03-02T12:00:00Z"}""";
        return database.ExecuteAsync(
            $"""
            insert into reeve_dead_letter (id, consumer, event_id, event_name, event, received, error, attempts, created, updated)
            values ('{id}', '{consumer}', '{told}', 'thing.happened', '{json}', '{Time}', '{error}', 1, '{Time}', '{Time}')
            """);
    }
}
