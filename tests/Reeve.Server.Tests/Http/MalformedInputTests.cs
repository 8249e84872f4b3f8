using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Reeve.Testing;

namespace Reeve.Server.Tests.Http;

/// <summary>Input that no client means: each writing route of the document refuses it, says so, and writes nothing.</summary>
public sealed partial class MalformedInputTests
{
    private static readonly (string Name, byte[] Body)[] Bodies =
    [
        ("cut short", """{"name":"a" """u8.ToArray()),
        ("two values", """{"name":"a"} {}"""u8.ToArray()),
        ("no JSON", "name=a&b=c"u8.ToArray()),
        ("deep", Encoding.UTF8.GetBytes("""{"name":""" + new string('[', 10_000))),
        ("deep and closed", Encoding.UTF8.GetBytes("{\"name\":" + new string('[', 10_000) + new string(']', 10_000) + "}")),
        ("invalid UTF-8", [.. "{\"name\":\""u8, 0xff, 0xfe, .. "\"}"u8]),
        ("half a surrogate pair", """{"name":"\ud800"}"""u8.ToArray()),
        ("a number", "7"u8.ToArray()),
        ("large", [.. Encoding.UTF8.GetBytes("{\"name\":\"" + new string('a', 10 * 1024 * 1024) + "\"}")]),
    ];

    [Fact]
    public async Task Every_writing_route_refuses_what_is_malformed_and_writes_nothing()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var before = await RowsAsync(server);
        var tried = 0;

        foreach (var (method, path, readsBody) in await OperationsAsync(server))
        {
            if (!readsBody) continue;
            foreach (var (name, body) in Bodies)
            {
                using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = new("application/json");
                using var answer = await server.Http.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                var status = (int)answer.StatusCode;
                Assert.True(status is >= 400 and < 500, $"{method} {path}, {name}: {status} {text}");
                Assert.True(text.Length < 100_000, $"{method} {path}, {name}: an answer of {text.Length} characters");
                Assert.True(JsonNode.Parse(text) is JsonObject { Count: > 0 }, $"{method} {path}, {name}: {text}");
                tried++;
            }
        }

        Assert.True(tried > 500, $"only {tried} requests");
        Assert.Equal(before, await RowsAsync(server));
    }

    [Fact]
    public async Task A_wrong_id_an_unknown_path_and_a_wrong_method_are_told_apart()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);

        foreach (var (method, path, _) in await OperationsAsync(server, id: "not-a-uuid"))
        {
            if (!path.Contains("not-a-uuid", StringComparison.Ordinal)) continue;
            var (status, body) = await server.SendAsync(method, path, "{}");
            Assert.True(status is 404 or 405 or 422, $"{method} {path}: {status}");
            Assert.NotNull(body);
        }
        Assert.Equal(404, (await server.PostAsync("no/such/route")).Status);
        Assert.Equal(405, (await server.DeleteAsync("flow_runs/count")).Status);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_text_with_a_NUL_is_stored_or_refused_but_breaks_nothing(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (_, flow) = await server.PostAsync("flows/", """{"name":"etl"}""");

        var (name, _) = await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{flow!["id"]}}","name":"a\u0000b"}""");
        var (parameters, _) = await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{flow["id"]}}","parameters":{"a":"\u0000"} }""");

        Assert.Equal(kind == DatabaseKind.Sqlite ? (201, 201) : (422, 422), (name, parameters));
    }

    /// <summary>The operations of the served document that write, with ids and names filled in, and whether they take a body.</summary>
    private static async Task<List<(HttpMethod Method, string Path, bool ReadsBody)>> OperationsAsync(TestServer server, string? id = null)
    {
        var (_, document) = await server.GetAsync("openapi.json");
        var found = new List<(HttpMethod, string, bool)>();
        foreach (var (path, operations) in document!["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                if (method is not ("post" or "put" or "patch")) continue;
                var filled = Parameter().Replace(path, match => Fill(operation!, match.Groups[1].Value, id ?? Guid.NewGuid().ToString()));
                var relative = filled.StartsWith("/api/", StringComparison.Ordinal) ? filled[5..] : filled.TrimStart('/');
                found.Add((new HttpMethod(method.ToUpperInvariant()), relative, operation!["requestBody"] is not null));
            }
        }
        return found;
    }

    private static string Fill(JsonNode operation, string name, string id)
    {
        var parameter = operation["parameters"]!.AsArray().First(each => (string)each!["name"]! == name && (string)each["in"]! == "path")!;
        return (string?)parameter["schema"]!["format"] == "uuid" ? id : "missing";
    }

    private static async Task<string> RowsAsync(TestServer server)
    {
        var rows = new StringBuilder();
        await using var connection = await server.Database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select name from sqlite_master where type = 'table' order by name";
        var tables = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        }
        foreach (var table in tables) rows.Append(table).Append(' ').Append(await server.Database.ScalarAsync<long>($"select count(*) from \"{table}\"")).Append('\n');
        return rows.ToString();
    }

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Parameter();
}
