using System.Globalization;
using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Server.Tests.Filters;

/// <summary>Random filters, sorts and pages: what the database answers is what a plain evaluation over the same rows answers.</summary>
public sealed class FilterPropertyTests
{
    /// <summary>Tables whose filter route has one that counts beside it.</summary>
    private static readonly string[] Counted =
        ["flow", "flow_run", "task_run", "deployment", "work_pool", "artifact", "artifact_collection", "variable", "block_document"];

    private static readonly (string Table, string Route, string Own, string[] Related, string[] Sorts)[] Routes =
    [
        ("flow", "flows/", "flows", ["flow_runs", "task_runs", "deployments", "work_pools"], ["CREATED_DESC", "UPDATED_DESC", "NAME_ASC", "NAME_DESC"]),
        ("flow_run", "flow_runs/", "flow_runs", ["flows", "task_runs", "deployments", "work_pools", "work_pool_queues"],
            ["ID_DESC", "START_TIME_ASC", "START_TIME_DESC", "EXPECTED_START_TIME_ASC", "EXPECTED_START_TIME_DESC", "NAME_ASC", "NAME_DESC", "NEXT_SCHEDULED_START_TIME_ASC", "END_TIME_DESC"]),
        ("task_run", "task_runs/", "task_runs", ["flows", "flow_runs", "deployments"],
            ["ID_DESC", "EXPECTED_START_TIME_ASC", "EXPECTED_START_TIME_DESC", "NAME_ASC", "NAME_DESC", "NEXT_SCHEDULED_START_TIME_ASC", "END_TIME_DESC"]),
        ("deployment", "deployments/", "deployments", ["flows", "flow_runs", "task_runs", "work_pools", "work_pool_queues"], ["CREATED_DESC", "UPDATED_DESC", "NAME_ASC", "NAME_DESC"]),
        ("work_pool", "work_pools/", "work_pools", [], []),
        ("work_queue", "work_queues/", "work_queues", [], []),
        ("log", "logs/", "logs", [], ["TIMESTAMP_ASC", "TIMESTAMP_DESC"]),
        ("artifact", "artifacts/", "artifacts", ["flows", "flow_runs", "task_runs", "deployments"], ["CREATED_DESC", "UPDATED_DESC", "ID_DESC", "KEY_DESC", "KEY_ASC"]),
        ("artifact_collection", "artifacts/latest/", "artifacts", ["flows", "flow_runs", "task_runs", "deployments"], ["CREATED_DESC", "UPDATED_DESC", "ID_DESC", "KEY_DESC", "KEY_ASC"]),
        ("variable", "variables/", "variables", [], ["CREATED_DESC", "UPDATED_DESC", "NAME_DESC", "NAME_ASC"]),
        ("work_queue", "work_pools/{pool}/queues/", "work_queues", [], []),
        ("worker", "work_pools/{pool}/workers/", "workers", [], []),
        ("automation", "automations/", "automations", [], ["CREATED_DESC", "UPDATED_DESC", "NAME_DESC", "NAME_ASC"]),
        ("block_type", "block_types/", "block_types", ["block_schemas"], []),
        ("block_schema", "block_schemas/", "block_schemas", [], []),
        ("block_document", "block_documents/", "block_documents", ["block_types", "block_schemas"], ["NAME_DESC", "NAME_ASC", "BLOCK_TYPE_AND_NAME_ASC"]),
    ];

    private static readonly Dictionary<string, string> TableOf = new()
    {
        ["flows"] = "flow", ["flow_runs"] = "flow_run", ["task_runs"] = "task_run", ["deployments"] = "deployment", ["work_pools"] = "work_pool", ["work_pool_queues"] = "work_queue",
        ["block_types"] = "block_type", ["block_schemas"] = "block_schema",
    };

    private static int Cases => Environment.GetEnvironmentVariable("REEVE_TEST_NIGHTLY") == "1" ? 10_000 : 220;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_filter_lets_through_what_it_says(DatabaseKind kind)
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("REEVE_TEST_SEED") ?? "1", CultureInfo.InvariantCulture);
        await using var server = await TestServer.StartAsync(kind);
        var world = World.Make(seed);
        await world.InsertAsync(server.Database);
        await SealAsync(server, world);
        var pool = world["work_pool"][0];
        var model = new FilterModel(world);
        var random = new Random(seed);
        var filters = new RandomFilters(world, random);
        var passed = 0;
        for (var number = 0; number < Cases; number++)
        {
            var (table, route, own, related, sorts) = Routes[random.Next(Routes.Length)];
            var request = new JsonObject();
            if (random.Next(10) > 0) request[own] = filters.Filter(table);
            foreach (var name in related)
            {
                if (random.Next(5) == 0) request[name] = filters.Filter(TableOf[name]);
            }
            var ofPool = route.Contains("{pool}", StringComparison.Ordinal);
            route = route.Replace("{pool}", Uri.EscapeDataString((string)pool["name"]!), StringComparison.Ordinal);
            var expected = world[table].Where(row => (!ofPool || (string?)row["work_pool_id"] == IdOf(pool)) && model.Passes(table, row, request)).ToList();
            var told = $"seed {seed}, case {number}: {route} {request.ToJsonString()}";
            if (Counted.Contains(table)) Assert.True(await CountAsync(server, route, request) is var count && expected.Count == count, $"{told}: {expected.Count} rows expected, {count} counted");
            var sort = sorts.Length == 0 ? null : sorts[random.Next(sorts.Length)];
            var found = await ReadPagesAsync(server, route, request, sort, random.Next(1, 41));
            passed += found.Count;
            Assert.True(expected.Select(IdOf).Order(StringComparer.Ordinal).SequenceEqual(found.Order(StringComparer.Ordinal)), $"{told}: {expected.Count} rows expected, {found.Count} found");
            if (sort is not null) AssertSorted(world, table, sort, found, kind, told);
        }
        Assert.True(passed > Cases, "Most filters let nothing through: the test sees too little.");
    }

    /// <summary>Gives all block documents the contents of one that the server has sealed, as what it does not understand is refused.</summary>
    private static async Task SealAsync(TestServer server, World world)
    {
        var schema = world["block_schema"][0];
        var (status, sealedOne) = await server.PostAsync(
            "block_documents/", $$$"""{"name":"sealed","data":{},"block_schema_id":"{{{schema["id"]}}}","block_type_id":"{{{schema["block_type_id"]}}}"}""");
        Assert.Equal(201, status);
        await server.Database.ExecuteAsync(
            $"update block_document set data = (select data from block_document where id = '{sealedOne!["id"]}'); delete from block_document where id = '{sealedOne["id"]}'");
    }

    private static async Task<int> CountAsync(TestServer server, string route, JsonObject request)
    {
        var (status, count) = await server.PostAsync(route + "count", request.ToJsonString());
        Assert.True(status == 200, $"{route}count {request.ToJsonString()} {count} {server.Faults.LastOrDefault()}");
        return count!.GetValue<int>();
    }

    /// <summary>Ids of all pages; a row that two pages show, or none, makes the answer differ.</summary>
    private static async Task<List<string>> ReadPagesAsync(TestServer server, string route, JsonObject request, string? sort, int limit)
    {
        var found = new List<string>();
        while (true)
        {
            var page = (JsonObject)request.DeepClone();
            if (sort is not null) page["sort"] = sort;
            page["limit"] = limit;
            page["offset"] = found.Count;
            var (status, rows) = await server.PostAsync(route + "filter", page.ToJsonString());
            Assert.True(status == 200, $"{route}filter {page.ToJsonString()} {rows} {server.Faults.LastOrDefault()}");
            found.AddRange(rows!.AsArray().Select(static row => IdOf((JsonObject)row!)));
            if (rows.AsArray().Count < limit) return found;
        }
    }

    private static void AssertSorted(World world, string table, string sort, List<string> found, DatabaseKind kind, string told)
    {
        var down = sort.EndsWith("_DESC", StringComparison.Ordinal);
        var column = sort[..^(down ? 5 : 4)].ToLowerInvariant();
        var rows = world[table].ToDictionary(IdOf);
        var keys = found.ConvertAll(id => (rows[id][column] ?? (table == "flow_run" && column == "start_time" ? rows[id]["expected_start_time"] : null))?.GetValue<string>());
        if (column is "name" or "key" or "block_type_and_name") return; // The order of letters is the database's.
        for (var i = 1; i < keys.Count; i++)
        {
            // Missing values are smallest on SQLite and largest on PostgreSQL.
            var order = keys[i - 1] is null || keys[i] is null
                ? (keys[i - 1] is null ? 0 : 1) - (keys[i] is null ? 0 : 1)
                : string.CompareOrdinal(keys[i - 1], keys[i]);
            if (kind == DatabaseKind.Postgres && (keys[i - 1] is null || keys[i] is null)) order = -order;
            Assert.True(down ? order >= 0 : order <= 0, $"{told} sort {sort}: {keys[i - 1]} before {keys[i]}");
        }
    }

    private static string IdOf(JsonObject row) => row["id"]!.GetValue<string>();
}
