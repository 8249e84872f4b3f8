using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Reeve.Server.Hosting;
using Reeve.Testing;

namespace Reeve.Server.Tests.Events;

/// <summary>Random event filters: what all pages show is what a plain evaluation over the same events lets through, in order.</summary>
public sealed class EventFilterPropertyTests
{
    private const string IdLabel = "prefect.resource.id";
    private const string RoleLabel = "prefect.resource.role";

    private static readonly string[] Names = ["run.begun", "run.done", "run.done.late", "pool.ready", "x_%"];
    private static readonly string[] Ids = ["run.1", "run.2", "pool.1", "pool.2", "tag.a"];
    private static readonly string[] Roles = ["flow", "tag"];
    private static readonly string[] Labels = ["colour", "odd\"label"];
    private static readonly string[] Values = ["red", "green", "50%_\\"];

    private static int Cases => Environment.GetEnvironmentVariable("REEVE_TEST_NIGHTLY") == "1" ? 5_000 : 120;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_filter_lets_through_what_it_says(DatabaseKind kind)
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("REEVE_TEST_SEED") ?? "1", CultureInfo.InvariantCulture);
        var random = new Random(seed);
        await using var server = await TestServer.StartAsync(kind, ServerRole.Everything);
        var events = await FillAsync(server, random, 60);
        var passed = 0;
        for (var number = 0; number < Cases; number++)
        {
            var filter = Filter(random, events);
            var expected = events.Where(each => Passes(each, filter)).OrderBy(static each => (string)each["occurred"]!, StringComparer.Ordinal)
                .ThenBy(static each => (string)each["id"]!, StringComparer.Ordinal).Select(static each => (string)each["id"]!).ToList();
            if ((string?)filter["order"] != "ASC") expected.Reverse();
            var found = await ReadPagesAsync(server, filter, random.Next(1, 50));
            passed += found.Count;
            Assert.True(expected.SequenceEqual(found), $"seed {seed}, case {number}: {filter.ToJsonString()}: {expected.Count} events expected, {found.Count} found");
        }
        Assert.True(passed > Cases, "Most filters let nothing through: the test sees too little.");
    }

    private static async Task<List<JsonObject>> FillAsync(TestServer server, Random random, int count)
    {
        var events = new List<JsonObject>();
        for (var i = 0; i < count; i++)
        {
            var related = Enumerable.Range(0, random.Next(3)).Select(_ => (JsonNode)Resource(random, random.Pick(Roles)));
            events.Add(new JsonObject
            {
                // Few instants, so that pages break between events of one instant.
                ["id"] = new Guid(i * 7919, 0, 0, new byte[8]).ToString(), ["event"] = random.Pick(Names), ["occurred"] = Text(TestClock.Noon.AddSeconds(-random.Next(20))),
                ["resource"] = Resource(random, null), ["related"] = new JsonArray([.. related]), ["payload"] = new JsonObject(),
            });
        }
        Assert.Equal(204, (await server.PostAsync("events", new JsonArray([.. events.Select(static each => each.DeepClone())]).ToJsonString())).Status);
        await Eventually.TrueAsync("filling", "events", async () => await server.Database.ScalarAsync<long>("select count(*) from events") == count, $"{count} events");
        return events;
    }

    private static JsonObject Resource(Random random, string? role)
    {
        var resource = new JsonObject { [IdLabel] = random.Pick(Ids) };
        if (role is not null) resource[RoleLabel] = role;
        foreach (var label in Labels.Where(_ => random.Next(2) == 0)) resource[label] = random.Pick(Values);
        return resource;
    }

    private static JsonObject Filter(Random random, List<JsonObject> events)
    {
        var filter = new JsonObject { ["order"] = random.Next(2) == 0 ? "ASC" : "DESC" };
        if (random.Next(3) == 0)
        {
            filter["occurred"] = new JsonObject { ["since"] = Text(TestClock.Noon.AddSeconds(-random.Next(20))), ["until"] = Text(TestClock.Noon.AddSeconds(-random.Next(10))) };
        }
        if (random.Next(2) == 0)
        {
            var name = new JsonObject();
            foreach (var member in (ReadOnlySpan<string>)["prefix", "exclude_prefix", "name", "exclude_name"])
            {
                if (random.Next(3) == 0) name[member] = List(random, member.EndsWith("prefix", StringComparison.Ordinal) ? ["run.", "run.done", "pool", "no"] : Names);
            }
            filter["event"] = name;
        }
        if (random.Next(3) == 0)
        {
            var resource = new JsonObject();
            if (random.Next(2) == 0) resource["id"] = List(random, Ids);
            if (random.Next(2) == 0) resource["id_prefix"] = List(random, ["run.", "pool.", "t"]);
            if (random.Next(2) == 0) resource["labels"] = Specification(random, withRole: false);
            filter["resource"] = resource;
        }
        if (random.Next(3) == 0) filter["related"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => (JsonNode)Related(random))]);
        if (random.Next(3) == 0) filter["any_resource"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => (JsonNode)Any(random))]);
        if (random.Next(8) == 0) filter["id"] = new JsonObject { ["id"] = new JsonArray([.. events.Where(_ => random.Next(3) == 0).Select(static each => each["id"]!.DeepClone())]) };
        return filter;
    }

    private static JsonObject Related(Random random)
    {
        var related = new JsonObject();
        if (random.Next(3) == 0) related["id"] = List(random, Ids);
        if (random.Next(3) == 0) related["role"] = List(random, Roles);
        if (random.Next(3) == 0) related["resources_in_roles"] = new JsonArray(new JsonArray(random.Pick(Ids), random.Pick(Roles)), new JsonArray(random.Pick(Ids), random.Pick(Roles)));
        if (random.Next(3) == 0) related["labels"] = Specification(random, withRole: true);
        return related;
    }

    private static JsonObject Any(Random random)
    {
        var any = new JsonObject();
        if (random.Next(2) == 0) any["id"] = List(random, Ids);
        if (random.Next(3) == 0) any["id_prefix"] = List(random, ["run.", "pool.", "t"]);
        if (random.Next(3) == 0) any["labels"] = Specification(random, withRole: true);
        return any;
    }

    private static JsonObject Specification(Random random, bool withRole)
    {
        var labels = new JsonObject();
        if (random.Next(2) == 0) labels[random.Pick(Labels)] = Patterns(random, Values);
        if (random.Next(3) == 0) labels[IdLabel] = Patterns(random, Ids);
        if (withRole && random.Next(3) == 0) labels[RoleLabel] = List(random, Roles);
        return labels;
    }

    private static JsonArray Patterns(Random random, string[] from) => [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ =>
    {
        var value = random.Pick(from);
        var pattern = random.Next(4) switch { 0 => value[..1] + "*", 1 => value[..^1] + "?", 2 => "*" + value[1..], _ => value };
        return (JsonNode)((random.Next(4) == 0 ? "!" : "") + pattern);
    })];

    private static JsonArray List(Random random, string[] from) => [.. Enumerable.Range(0, random.Next(0, 3)).Select(_ => (JsonNode)random.Pick(from))];

    private static bool Passes(JsonObject told, JsonObject filter)
    {
        var name = (string)told["event"]!;
        var resource = told["resource"]!.AsObject();
        var related = told["related"]!.AsArray().Select(static each => each!.AsObject()).ToList();
        if (filter["occurred"] is { } span && (string.CompareOrdinal((string)told["occurred"]!, (string)span["since"]!) < 0 || string.CompareOrdinal((string)told["occurred"]!, (string)span["until"]!) > 0)) return false;
        if (filter["event"] is { } named && !(Begins(named["prefix"], name) && In(named["name"], name) && !Says(named["exclude_prefix"], name, begins: true) && !Says(named["exclude_name"], name, begins: false))) return false;
        if (filter["resource"] is { } own && !(In(own["id"], Id(resource)) && Begins(own["id_prefix"], Id(resource)) && Fits(own["labels"], resource))) return false;
        if (filter["id"]?["id"] is { } ids && !In(ids, (string)told["id"]!)) return false;
        if (filter["related"] is JsonArray wanted && !wanted.All(each => !Asks(each!) || related.Exists(one => IsRelated(each!, one)))) return false;
        return filter["any_resource"] is not JsonArray any
            || any.All(each => !Asks(each!) || related.Prepend(resource).Any(one => In(each!["id"], Id(one)) && Begins(each["id_prefix"], Id(one)) && Fits(each["labels"], one)));
    }

    private static bool IsRelated(JsonNode wanted, JsonObject one) =>
        In(wanted["id"], Id(one)) && In(wanted["role"], (string?)one[RoleLabel]) && Fits(wanted["labels"], one)
        && (wanted["resources_in_roles"] is not JsonArray { Count: > 0 } pairs || pairs.Any(pair => (string)pair![0]! == Id(one) && (string)pair[1]! == (string?)one[RoleLabel]));

    private static bool Asks(JsonNode filter) => filter.AsObject().Any(static member => member.Value is JsonArray { Count: > 0 } or JsonObject { Count: > 0 });

    private static string Id(JsonObject resource) => (string)resource[IdLabel]!;

    private static bool In(JsonNode? list, string? value) => list is not JsonArray { Count: > 0 } values || values.Any(each => (string)each! == value);

    private static bool Begins(JsonNode? list, string value) => list is not JsonArray { Count: > 0 } || Says(list, value, begins: true);

    private static bool Says(JsonNode? list, string value, bool begins) =>
        list is JsonArray values && values.Any(each => begins ? value.StartsWith((string)each!, StringComparison.Ordinal) : value == (string)each!);

    private static bool Fits(JsonNode? labels, JsonObject resource) => labels is not JsonObject wanted || wanted.All(label =>
        resource[label.Key] is { } value && label.Value!.AsArray().Any(each => label.Key == RoleLabel ? (string)each! == (string)value! : Like((string)each!, (string)value!)));

    private static bool Like(string pattern, string value)
    {
        var not = pattern.StartsWith('!');
        var shape = Regex.Escape(not ? pattern[1..] : pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal);
        return not != Regex.IsMatch(value, $"^{shape}$", RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(5));
    }

    private static async Task<List<string>> ReadPagesAsync(TestServer server, JsonObject filter, int limit)
    {
        var (status, page) = await server.PostAsync("events/filter", new JsonObject { ["filter"] = filter.DeepClone(), ["limit"] = limit }.ToJsonString());
        Assert.True(status == 200, $"{filter.ToJsonString()} {page} {server.Faults.LastOrDefault()}");
        var total = (int)page!["total"]!;
        var found = new List<string>();
        while (true)
        {
            found.AddRange(page!["events"]!.AsArray().Select(static each => (string)each!["id"]!));
            if ((string?)page["next_page"] is not { } next) break;
            (status, page) = await server.GetAsync(next[(next.IndexOf("/api/", StringComparison.Ordinal) + 5)..]);
            Assert.Equal(200, status);
        }
        Assert.Equal(total, found.Count);
        return found;
    }

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
