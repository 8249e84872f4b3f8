using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reeve.Server.Tests.Filters;
using Reeve.Testing;

namespace Reeve.Server.Tests.Fuzz;

/// <summary>Damaged requests to every route of the document: each gets an answer below 500, and one that is refused leaves no row behind.</summary>
public sealed class RouteFuzzTests
{
    private static int Rounds => Environment.GetEnvironmentVariable("REEVE_TEST_NIGHTLY") == "1" ? 200 : 3;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task No_route_fails_or_writes_half_of_a_damaged_request(DatabaseKind kind)
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("REEVE_TEST_SEED") ?? "1", CultureInfo.InvariantCulture);
        await using var server = await TestServer.StartAsync(kind);
        server.Http.Timeout = TimeSpan.FromSeconds(60);
        var world = World.Make(seed);
        await world.InsertAsync(server.Database);
        var document = JsonNode.Parse(await server.Http.GetStringAsync("openapi.json"))!.AsObject();
        var random = new Random(seed);
        var values = new SchemaValues(document, world, random);
        var mutations = new Mutations(random);
        var faults = new StringBuilder();
        var (refused, accepted) = (0, 0);
        var rows = await RowsAsync(server, kind);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (path, methods) in document["paths"]!.AsObject())
            {
                foreach (var (method, operation) in methods!.AsObject())
                {
                    var (address, body) = Request(path, operation!.AsObject(), values, mutations, random);
                    var told = $"seed {seed}, round {round}: {method.ToUpperInvariant()} {address} {Short(body)}";
                    var status = await SendAsync(server, method, address, body, told, faults);
                    var now = await RowsAsync(server, kind);
                    if (status >= 400 && now != rows) faults.AppendLine($"{told}: {status}, and rows were written: {rows} then {now}");
                    if (status >= 400) refused++;
                    else accepted++;
                    rows = now;
                }
            }
        }
        Assert.True(faults.Length == 0, faults.ToString());
        Assert.True(refused > 80 * Rounds, $"Only {refused} requests were refused: the damage is too light.");
        Assert.True(accepted > 30 * Rounds, $"Only {accepted} requests were accepted: the damage is too heavy.");
    }

    private static (string Address, string? Body) Request(string path, JsonObject operation, SchemaValues values, Mutations mutations, Random random)
    {
        var address = path.TrimStart('/');
        var query = new StringBuilder();
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var name = parameter!["name"]!.GetValue<string>();
            if (parameter["in"]!.GetValue<string>() == "path") address = address.Replace("{" + name + "}", values.Parameter(name, path), StringComparison.Ordinal);
            else if (parameter["in"]!.GetValue<string>() == "query" && random.Next(3) > 0)
            {
                var text = random.Next(3) == 0 ? mutations.Damage("x") : values.Make(parameter["schema"], name)?.ToString() ?? "";
                query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(text.Length > 200 ? text[..200] : text));
            }
        }
        var schema = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        if (schema is null) return (address + query, null);
        var body = values.Make(schema);
        return (address + query, random.Next(4) == 0 ? body?.ToJsonString() ?? "null" : mutations.Damage(body));
    }

    private static async Task<int> SendAsync(TestServer server, string method, string address, string? body, string told, StringBuilder faults)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), address);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        try
        {
            using var answer = await server.Http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            var status = (int)answer.StatusCode;
            if (status >= 500) faults.AppendLine($"{told}: {status} {text}\n  {string.Join("\n  ", server.Faults.LastOrDefault()?.Split('\n').Take(6) ?? [])}");
            else if (status >= 400 && text.Length > 0 && !IsJson(text)) faults.AppendLine($"{told}: {status} and not JSON: {Short(text)}");
            return status;
        }
        catch (TaskCanceledException)
        {
            faults.AppendLine($"{told}: no answer within a minute");
            return 0;
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Rows of every table, as one text to compare.</summary>
    private static async Task<string> RowsAsync(TestServer server, DatabaseKind kind)
    {
        string[] tables =
        [
            "artifact", "artifact_collection", "automation", "block_document", "block_document_reference", "block_schema", "block_type", "concurrency_limit", "concurrency_limit_v2",
            "deployment", "deployment_schedule", "flow", "flow_run", "flow_run_input", "flow_run_state", "log", "saved_search", "task_run", "task_run_state", "variable",
            "work_pool", "work_queue", "worker", "reeve_outbox", "events",
        ];
        var text = kind == DatabaseKind.Sqlite ? "" : "::text";
        return await server.Database.ScalarAsync<string>($"select {string.Join(" || ' ' || ", tables.Select(table => $"(select count(*){text} from {table})"))}") ?? "";
    }

    private static string Short(string? text) => text is null ? "" : text.Length <= 1500 ? text : $"{text[..1500]}… ({text.Length} characters)";
}
