using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Reeve.Server.Hosting;
using Reeve.Testing;

namespace Reeve.Server.Tests.Events;

/// <summary>Twenty events, one a minute, over three resources and three names.</summary>
public sealed class EventQueriesTests
{
    private static readonly string[] Names = ["prefect.flow-run.Running", "prefect.flow-run.Completed", "other_thing"];

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Filters_select(DatabaseKind kind)
    {
        await using var server = await FilledAsync(kind);
        (string Filter, int Count)[] cases =
        [
            ("{}", 20),
            ("""{"event":{"prefix":["prefect.flow-run."]}}""", 14),
            ("""{"event":{"prefix":["prefect."],"exclude_name":["prefect.flow-run.Running"]}}""", 7),
            ("""{"event":{"name":["other_thing"]}}""", 6),
            ("""{"event":{"exclude_prefix":["prefect.","nothing."]}}""", 6),
            ("""{"event":{"prefix":[],"name":null}}""", 20),
            ("""{"resource":{"id":["thing.0","thing.2"]}}""", 13),
            ("""{"resource":{"id_prefix":["thing."]}}""", 20),
            ("""{"resource":{"labels":{"prefect.resource.id":["thing.*","!thing.1"]}}}""", 20),
            ("""{"resource":{"labels":{"prefect.resource.id":"!thing.1"}}}""", 13),
            ("""{"resource":{"labels":{"hello":"w?rld"}}}""", 7),
            ("""{"resource":{"labels":{"hello":"!w*"}}}""", 6),
            ("""{"resource":{"labels":{"hello":[]}}}""", 0),
            ("""{"resource":{"labels":{"prefect.resource.role":"friend"}}}""", 0),
            ("""{"related":{"id":["other.1"]}}""", 10),
            ("""{"related":{"id":["thing.0"]}}""", 0),
            ("""{"related":{"role":["friend"]}}""", 10),
            ("""{"related":{"resources_in_roles":[["other.1","friend"]]}}""", 10),
            ("""{"related":{"resources_in_roles":[["other.1","enemy"]]}}""", 0),
            ("""{"related":{"labels":{"odd\"label":"50%_\\"}}}""", 10),
            ("""{"related":{"labels":{"odd\"label":"50?_*"}}}""", 10),
            ("""{"related":[{"id":["other.1"]},{"role":["enemy"]}]}""", 0),
            ("""{"related":[{"id":["other.1"]},{"labels":{"prefect.resource.role":["friend"]}}]}""", 10),
            ("""{"any_resource":{"id":["other.1"]}}""", 10),
            ("""{"any_resource":{"id_prefix":["thing.","other."]}}""", 20),
            ("""{"any_resource":[{"id":["thing.0"]},{"labels":{"prefect.resource.role":["friend"]}}]}""", 4),
            ("""{"resource":{"distinct":true}}""", 3),
            ("""{"text":{"query":"COMPLETED"}}""", 7),
            ("""{"text":{"query":"prefect -running"}}""", 13),
            ("""{"text":{"query":"+\"n\" +friend"}}""", 10),
            ("""{"text":{"query":" "}}""", 20),
            ("""{"id":{"id":["00000003-0000-0000-0000-000000000000"]}}""", 1),
            ("""{"id":{"id":[]}}""", 20),
            ($$"""{"occurred":{"since":"{{At(5)}}","until":"{{At(7)}}"} }""", 3),
            ($$"""{"occurred":{"since":"{{At(5)}}","until":"{{At(4)}}"} }""", 0),
        ];
        foreach (var (filter, count) in cases)
        {
            var (status, body) = await server.PostAsync("events/filter", $$"""{"filter":{{filter}}}""");
            Assert.True(status == 200, $"{filter}: {status} {body}");
            Assert.True(count == (int)body!["total"]! && count == body["events"]!.AsArray().Count, $"{filter}: {body["total"]}, {body["events"]!.AsArray().Count}");
        }
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Pages_follow_each_other_and_do_not_shift(DatabaseKind kind)
    {
        await using var server = await FilledAsync(kind);
        var seen = new List<string>();

        var (_, page) = await server.PostAsync("events/filter", """{"filter":{"order":"ASC"},"limit":6}""");
        while (true)
        {
            Assert.Equal(20, (int)page!["total"]!);
            seen.AddRange(page["events"]!.AsArray().Select(static each => (string)each!["id"]!));
            if (page["next_page"] is null) break;
            Assert.StartsWith(server.Server.Address + "/api/events/filter/next?page-token=", (string)page["next_page"]!, StringComparison.Ordinal);
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            await TellAsync(server, 100 + seen.Count, server.Clock.GetUtcNow());
            (var status, page) = await server.GetAsync(((string)page["next_page"]!)[(server.Server.Address.Length + 5)..]);
            Assert.Equal(200, status);
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(static i => Id(i).ToString()), seen);
    }

    [Theory]
    [InlineData("", 422)]
    [InlineData("?page-token=", 403)]
    [InlineData("?page-token=just-bad", 403)]
    [InlineData("?page-token=VEhBVDpTV0VFVFNXRUVUVE9LRU4=", 403)]
    [InlineData("?page-token=ZTMwPQ==", 403)]
    public async Task A_token_that_was_tampered_with_is_refused(string query, int expected)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);

        var (status, _) = await server.GetAsync("events/filter/next" + query);

        Assert.Equal(expected, status);
    }

    [Theory]
    [InlineData("""{"limit":51}""", 422)]
    [InlineData("""{"limit":-1}""", 422)]
    [InlineData("""{"limit":0}""", 200)]
    [InlineData("""{"filter":{"unknown":1}}""", 422)]
    [InlineData("", 200)]
    public async Task Limits_and_keys_are_checked(string body, int expected)
    {
        await using var server = await FilledAsync(DatabaseKind.Sqlite);

        var (status, answer) = await server.SendAsync(HttpMethod.Post, "events/filter", body.Length == 0 ? null : body);

        Assert.Equal(expected, status);
        if (body.Contains("\"limit\":0", StringComparison.Ordinal)) Assert.NotNull(answer!["next_page"]);
    }

    [Fact]
    public async Task A_text_query_has_200_characters_at_most()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);

        var (good, _) = await server.PostAsync("events/filter", $$$"""{"filter":{"text":{"query":"{{{new string('x', 200)}}}"} } }""");
        var (bad, _) = await server.PostAsync("events/filter", $$$"""{"filter":{"text":{"query":"{{{new string('x', 201)}}}"} } }""");

        Assert.Equal((200, 422), (good, bad));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Counts_by_name_and_resource(DatabaseKind kind)
    {
        await using var server = await FilledAsync(kind);

        var (_, names) = await server.PostAsync("events/count-by/event", """{"filter":{}}""");
        var (_, resources) = await server.PostAsync("events/count-by/resource", """{"filter":{}}""");

        Assert.Equal(["prefect.flow-run.Completed 7", "prefect.flow-run.Running 7", "other_thing 6"], names!.AsArray().Select(Text));
        Assert.Equal(At(1), (string)names[0]!["start_time"]!);
        Assert.Equal(At(19), (string)names[0]!["end_time"]!);
        Assert.Equal(["thing.0 Newest name 7", "thing.1 thing.1 7", "thing.2 Second 6"], resources!.AsArray().Select(
            static each => $"{each!["value"]} {each["label"]} {each["count"]}"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Counts_by_time_are_on_the_grid_and_filled_with_zeros(DatabaseKind kind)
    {
        await using var server = await FilledAsync(kind);
        var since = Start.AddMinutes(-7).ToString("O", CultureInfo.InvariantCulture);

        var (_, counts) = await server.PostAsync("events/count-by/time",
            $$$"""{"filter":{"occurred":{"since":"{{{since}}}","until":"{{{At(20)}}}"}},"time_unit":"minute","time_interval":5}""");
        var (_, days) = await server.PostAsync("events/count-by/day", """{"filter":{}}""");

        Assert.Equal([0, 0, 5, 5, 5, 5], counts!.AsArray().Select(static each => (int)each!["count"]!));
        Assert.Equal(["0", "1", "2", "3", "4", "5"], counts.AsArray().Select(static each => (string)each!["value"]!));
        Assert.Equal("2026-03-02T11:50:00+00:00", (string)counts[0]!["label"]!);
        Assert.Equal("2026-03-02T11:50:00Z", (string)counts[0]!["start_time"]!);
        Assert.Equal("2026-03-02T11:54:59.999999Z", (string)counts[0]!["end_time"]!);
        Assert.Equal(181, days!.AsArray().Count);
        Assert.Equal(20, days.AsArray().Sum(static each => (int)each!["count"]!));
    }

    [Theory]
    [InlineData("time", """{"filter":{},"time_unit":"second","time_interval":0.01}""", 422)]
    [InlineData("event", """{"filter":{},"time_unit":"minute"}""", 422)]
    [InlineData("time", """{"filter":{},"time_unit":"hour","time_interval":0.009}""", 422)]
    [InlineData("time", """{"filter":{},"time_unit":"week","time_interval":1e300}""", 422)]
    [InlineData("time", """{"filter":{},"time_unit":"week","time_interval":4.5}""", 200)]
    [InlineData("time", """{}""", 422)]
    [InlineData("moon", """{"filter":{}}""", 422)]
    public async Task Counts_are_bounded(string countable, string body, int expected)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);

        var (status, _) = await server.PostAsync("events/count-by/" + countable, body);

        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task Nothing_is_counted_after_the_unit_that_is_now()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        server.Clock.Advance(Start.AddMinutes(30) - server.Clock.GetUtcNow());

        var (_, counts) = await server.PostAsync("events/count-by/time",
            """{"filter":{"occurred":{"since":"2026-03-02T00:00:00Z","until":"2026-03-05T00:00:00Z"}},"time_unit":"day"}""");

        Assert.Equal("2026-03-02T23:59:59.999999Z", (string)Assert.Single(counts!.AsArray())!["end_time"]!);
    }

    private static DateTimeOffset Start => Told.Start;

    private static string At(int minute) => Start.AddMinutes(minute).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    private static string Text(JsonNode? count) => $"{count!["label"]} {count["count"]}";

    private static async Task<TestServer> FilledAsync(DatabaseKind kind)
    {
        var server = await TestServer.StartAsync(kind, ServerRole.Everything);
        server.Clock.Advance(Start.AddMinutes(30) - server.Clock.GetUtcNow());
        var body = new StringBuilder("[");
        for (var i = 0; i < 20; i++) body.Append(i > 0 ? "," : "").Append(Event(i, Start.AddMinutes(i)));
        Assert.Equal(204, (await server.PostAsync("events", body.Append(']').ToString())).Status);
        await Eventually.TrueAsync("filling", "events", async () =>
        {
            // The leap of the clock above may have cancelled a first pass of the relay, which then waits for this clock.
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            return await server.Database.ScalarAsync<long>("select count(*) from events") == 20;
        }, "20 events");
        return server;
    }

    private static async Task TellAsync(TestServer server, int number, DateTimeOffset at)
    {
        await server.PostAsync("events", $"[{Event(number, at)}]");
        await Eventually.TrueAsync("one more", "events",
            async () => await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox") == 0, "stored");
    }

    private static string Event(int i, DateTimeOffset at)
    {
        var labels = (i % 3) switch
        {
            0 => $$""","prefect.resource.name":"{{(i > 15 ? "Newest name" : "Old name")}}","hello":"world" """,
            1 => "",
            _ => ""","prefect.name":"Second","hello":"moon" """,
        };
        var related = i % 2 == 0 ? """[{"prefect.resource.id":"other.1","prefect.resource.role":"friend","odd\"label":"50%_\\"}]""" : "[]";
        return $$"""
            {"id":"{{Id(i)}}","event":"{{Names[i % 3]}}","occurred":"{{at:O}}","resource":{"prefect.resource.id":"thing.{{i % 3}}"{{labels}}},
             "related":{{related}},"payload":{"n":{{i}} } }
            """;
    }
}
