using Reeve.Testing;

namespace Reeve.Server.Tests.Variables;

public sealed class VariablesApiTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_change_keeps_what_was_not_sent_and_a_null_is_a_value_only_of_the_value(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("variables/", """{"name":"v","value":{"a":[1]},"tags":["x"]}""");
        await server.PostAsync("variables/", """{"name":"taken","value":1}""");

        var (tagless, _) = await server.PatchAsync("variables/name/v", """{"name":"v","value":2,"tags":null}""");
        var (nameless, _) = await server.PatchAsync("variables/name/v", """{"name":null}""");
        var (taken, _) = await server.PatchAsync("variables/name/v", """{"name":"taken"}""");
        var (_, before) = await server.GetAsync("variables/name/v");
        var (cleared, _) = await server.PatchAsync("variables/name/v", """{"value":null}""");
        var (_, after) = await server.GetAsync("variables/name/v");

        Assert.Equal((409, 409, 409, 204), (tagless, nameless, taken, cleared));
        Assert.Equal(("""{"a":[1]}""", """["x"]"""), (before!["value"]!.ToJsonString(), before["tags"]!.ToJsonString()));
        Assert.Equal((null, """["x"]"""), (after!["value"], after["tags"]!.ToJsonString()));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Filters_know_names_parts_of_names_and_tags(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        foreach (var (name, tag) in new[] { ("variable1", "a"), ("variable12", "b"), ("variable2", "a") })
            await server.PostAsync("variables/", $$"""{"name":"{{name}}","value":"x","tags":["{{tag}}"]}""");
        async Task<string> Names(string filter, string sort) => string.Join(' ',
            (await server.PostAsync("variables/filter", $$"""{"variables":{{filter}},"sort":"{{sort}}"}""")).Body!.AsArray().Select(static row => (string?)row!["name"]));

        Assert.Equal("variable1 variable12", await Names("""{"name":{"like_":"VARIABLE1"}}""", "NAME_ASC"));
        Assert.Equal("variable2 variable1", await Names("""{"tags":{"all_":["a"]}}""", "NAME_DESC"));
        Assert.Equal("variable12 variable2", await Names("""{"operator":"or_","name":{"any_":["variable2"]},"tags":{"all_":["b"]}}""", "NAME_ASC"));
        Assert.Equal("2", (await server.PostAsync("variables/count", """{"variables":{"tags":{"all_":["a"]}}}""")).Body!.ToJsonString());
    }
}
