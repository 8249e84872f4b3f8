using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Data.Tests.Schema;

/// <summary>What our migrations make, against the facts recorded from databases that Prefect's own migrations made.</summary>
public abstract class ContractSchemaTests(MigratedDatabase fixture, ITestOutputHelper output)
{
    [Fact]
    public async Task The_schema_is_prefects_to_the_letter()
    {
        var file = SharedFacts.Find("contract/database.json");
        if (file is null)
        {
            output.WriteLine("The recorded schema of Prefect is not on this machine: nothing was compared.");
            return;
        }

        var facts = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject();
        var expected = Expected(facts).Order(StringComparer.Ordinal).ToList();
        var actual = (await ActualAsync(await fixture.GetAsync())).Order(StringComparer.Ordinal).ToList();

        Assert.True(expected.Count > 500, $"only {expected.Count} facts");
        var missing = expected.Except(actual, StringComparer.Ordinal).Select(l => "missing: " + l);
        var differences = missing.Concat(actual.Except(expected, StringComparer.Ordinal).Select(l => "surplus: " + l)).ToList();
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.Equal(expected, actual);
    }

    /// <summary>The recorded facts, a line each.</summary>
    protected abstract IEnumerable<string> Expected(JsonObject facts);

    /// <summary>The same facts of our database, read from its own catalogue.</summary>
    protected abstract Task<IEnumerable<string>> ActualAsync(TestDatabase database);

    protected static IEnumerable<(string Name, JsonObject Table)> Tables(JsonObject facts) =>
        facts["tables"]!.AsObject().Select(t => (t.Key, t.Value!.AsObject()));

    protected static IEnumerable<JsonObject> Items(JsonNode? list) =>
        list is JsonArray array ? array.Select(i => i!.AsObject()) : [];

    protected static string Names(JsonNode? list) => string.Join(", ", ((JsonArray)list!).Select(n => n!.GetValue<string>()));

    protected static string Text(JsonNode? value) => value?.GetValue<string>() ?? "";

    protected static async Task<List<string>> LinesAsync(TestDatabase database, string sql)
    {
        await using var connection = await database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return lines;
    }
}
