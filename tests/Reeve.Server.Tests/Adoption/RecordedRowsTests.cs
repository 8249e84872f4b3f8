using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Server.Tests.Adoption;

/// <summary>The rows that a real Prefect server wrote, from the recordings where they lie beside the checkout.</summary>
public sealed class RecordedRowsTests
{
    private const int Page = 200;

    // What each table is listed by. Blocks' own data is left out: it is encrypted with a key that was not recorded.
    private static readonly (string Table, string Path)[] Lists =
    [
        ("flow", "flows/filter"), ("flow_run", "flow_runs/filter"), ("deployment", "deployments/filter"), ("work_pool", "work_pools/filter"),
        ("work_queue", "work_queues/filter"), ("variable", "variables/filter"), ("block_type", "block_types/filter"),
        ("block_schema", "block_schemas/filter"), ("saved_search", "saved_searches/filter"),
    ];

    // Names that must be unique are made so: the rows come from many databases.
    private static readonly HashSet<string> Named = ["flow", "work_pool", "variable", "block_type", "saved_search", "concurrency_limit_v2"];

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Every_recorded_row_is_read_and_what_is_written_back_changes_nothing_else(DatabaseKind kind)
    {
        if (SharedFacts.Find("conformance/rest.jsonl") is not { } recordings || !File.Exists(recordings))
        {
            Assert.Skip("The recordings do not lie beside this checkout.");
            return;
        }
        await using var server = await TestServer.StartAsync(kind);
        await FillAsync(server.Database, kind, recordings);

        foreach (var (table, path) in Lists)
        {
            var listed = new HashSet<string>();
            for (var offset = 0; ; offset += Page)
            {
                var (status, rows) = await server.PostAsync(path, $$"""{"limit":{{Page}},"offset":{{offset}}}""");
                Assert.Equal((path, 200), (path, status));
                listed.UnionWith(rows!.AsArray().Select(static row => row!["id"]!.GetValue<string>()));
                if (rows.AsArray().Count < Page) break;
            }
            Assert.Equal((table, await server.Database.ScalarAsync<long>($"select count(*) from {table}")), (table, (long)listed.Count));
            Assert.True(listed.Count > 1, $"The recordings hold no rows of {table}.");
        }

        await SendBackAsync(server, "deployment", "deployments", "description", "path", "version", "entrypoint", "parameters", "tags");
        await SendBackAsync(server, "flow", "flows", "tags");
        await SendBackAsync(server, "flow_run", "flow_runs", "name", "tags", "parameters", "empirical_policy");
        await SendBackAsync(server, "variable", "variables", "name", "value", "tags");
        await SendBackAsync(server, "work_queue", "work_queues", "description", "concurrency_limit", "priority", "filter");
    }

    private static async Task FillAsync(TestDatabase database, DatabaseKind kind, string recordings)
    {
        var statements = new List<string> { kind == DatabaseKind.Sqlite ? "pragma foreign_keys=off; begin" : "set session_replication_role = replica; begin" };
        foreach (var line in File.ReadLines(recordings))
        {
            foreach (var step in JsonNode.Parse(line)!["steps"]!.AsArray())
            {
                if (step!["db"]?["put"] is not JsonArray rows) continue;
                foreach (var put in rows)
                {
                    var (table, row) = (put![0]!.GetValue<string>(), put[1]!.DeepClone().AsObject());
                    var id = row["id"]!.GetValue<string>();
                    if (Named.Contains(table)) row["name"] = row["name"] + "-" + id;
                    if (table == "block_type") row["slug"] = row["slug"] + "-" + id;
                    statements.Add(PrefectRow.Insert(kind, table, row));
                }
            }
        }
        // Rows whose parents were never put down, because the scenario did not need them.
        statements.Add("delete from flow_run where flow_id not in (select id from flow)");
        statements.Add("delete from deployment where flow_id not in (select id from flow)");
        statements.Add("delete from work_queue where work_pool_id not in (select id from work_pool)");
        statements.Add("delete from block_schema where block_type_id not in (select id from block_type)");
        statements.Add("commit");
        await database.ExecuteAsync(string.Join(";\n", statements));
    }

    /// <summary>Reads one row by the API, sends members of it back as they came and expects the same answer but for the time of change.</summary>
    private static async Task SendBackAsync(TestServer server, string table, string path, params string[] members)
    {
        var id = await server.Database.ScalarAsync<object>($"select id from {table} order by id limit 1");
        var (_, before) = await server.GetAsync($"{path}/{id}");
        var body = new JsonObject(members.Select(member => KeyValuePair.Create(member, before![member]?.DeepClone())));
        var (status, refused) = await server.PatchAsync($"{path}/{id}", body.ToJsonString());
        Assert.True(status == 204, $"{path}: {status} {refused}");

        var (_, after) = await server.GetAsync($"{path}/{id}");
        foreach (var answer in new[] { before!, after! })
        {
            answer.AsObject().Remove("updated");
            answer.AsObject().Remove("estimated_start_time_delta");
        }
        Assert.Equal(before!.ToJsonString(), after!.ToJsonString());
    }
}
