using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Server.Tests.Filters;

/// <summary>Random rows of every table that can be filtered, in memory and in the database: a row is an object of its columns.</summary>
internal sealed class World(int seed)
{
    private static readonly string[] Types =
        ["SCHEDULED", "PENDING", "RUNNING", "COMPLETED", "FAILED", "CANCELLED", "CRASHED", "PAUSED", "CANCELLING"];

    private readonly Random _random = new(seed);
    private int _made;

    public Dictionary<string, List<JsonObject>> Tables { get; } = [];

    public List<JsonObject> this[string table] => Tables[table];

    public static World Make(int seed)
    {
        var world = new World(seed);
        world.Add("flow", 5, _ => new() { ["name"] = world.Name(), ["tags"] = world.Tags() });
        world.Add("work_pool", 3, _ => new() { ["name"] = world.Name(), ["type"] = world.Word("process", "docker") });
        world.Add("work_queue", 6, _ => new() { ["name"] = world.Name(), ["work_pool_id"] = world.IdOf("work_pool"), ["priority"] = world._made });
        world.Add("deployment", 7, _ => new()
        {
            ["name"] = world.Name(), ["flow_id"] = world.IdOf("flow"), ["tags"] = world.Tags(), ["paused"] = world.Chance(40),
            ["work_queue_id"] = world.MaybeIdOf("work_queue"), ["work_queue_name"] = world.Maybe(() => world.Word("default", "fast")),
        });
        world.Add("flow_run", 60, _ => world.Run(new()
        {
            ["flow_id"] = world.IdOf("flow"), ["deployment_id"] = world.MaybeIdOf("deployment"), ["work_queue_id"] = world.MaybeIdOf("work_queue"),
            ["work_queue_name"] = world.Maybe(() => world.Word("default", "fast")), ["flow_version"] = world.Maybe(() => world.Word("1", "2")),
            ["idempotency_key"] = world.Maybe(() => "k" + world._made), ["parent_task_run_id"] = null,
            ["created_by"] = world.Chance(50) ? new JsonObject { ["id"] = world.IdOf("deployment"), ["type"] = world.Word("DEPLOYMENT", "AUTOMATION"), ["display_value"] = "x" } : null,
        }));
        world.Add("task_run", 80, _ => world.Run(new()
        {
            ["flow_run_id"] = world.MaybeIdOf("flow_run"), ["task_key"] = "t", ["dynamic_key"] = "d" + world._made,
        }));
        foreach (var run in world["flow_run"]) run["parent_task_run_id"] = world.Chance(25) ? world.IdOf("task_run") : null;
        world.Add("log", 90, _ => new()
        {
            ["name"] = world.Word("prefect.flow_runs", "Prefect.task"), ["level"] = world._random.Next(1, 6) * 10, ["message"] = world.Name() + " " + world.Name(),
            ["timestamp"] = world.Time(), ["flow_run_id"] = world.MaybeIdOf("flow_run"), ["task_run_id"] = world.MaybeIdOf("task_run"),
        });
        world.Add("artifact", 40, _ => new()
        {
            ["key"] = world.Maybe(world.Name), ["type"] = world.Maybe(() => world.Word("table", "markdown")),
            ["flow_run_id"] = world.MaybeIdOf("flow_run"), ["task_run_id"] = world.MaybeIdOf("task_run"),
        });
        world.Add("artifact_collection", 15, _ => new()
        {
            ["key"] = world.Name() + world._made, ["latest_id"] = world.IdOf("artifact"), ["type"] = world.Maybe(() => world.Word("table", "markdown")),
            ["flow_run_id"] = world.MaybeIdOf("flow_run"), ["task_run_id"] = world.MaybeIdOf("task_run"),
        });
        world.Add("variable", 12, _ => new() { ["name"] = world.Name() + world._made, ["value"] = new JsonArray(1), ["tags"] = world.Tags() });
        world.Add("block_type", 5, _ => new() { ["name"] = world.Name() + world._made, ["slug"] = "s" + world._made });
        world.Add("block_schema", 9, _ => new()
        {
            ["checksum"] = "sha256:" + world._made, ["fields"] = new JsonObject(), ["block_type_id"] = world.IdOf("block_type"), ["capabilities"] = world.Tags(),
            ["version"] = world.Word("1", "2"),
        });
        world.Add("block_document", 20, _ =>
        {
            var schema = world["block_schema"][world._random.Next(9)];
            return new()
            {
                ["name"] = world.Name() + world._made, ["block_schema_id"] = (string)schema["id"]!, ["block_type_id"] = (string)schema["block_type_id"]!, ["is_anonymous"] = world.Chance(30),
            };
        });
        world.Add("automation", 15, _ => new()
        {
            ["name"] = world.Name(), ["description"] = "", ["tags"] = world.Tags(), ["actions"] = new JsonArray(),
            ["trigger"] = new JsonObject { ["type"] = "event", ["id"] = world.Id().ToString(), ["expect"] = new JsonArray("x"), ["posture"] = "Reactive", ["threshold"] = 1, ["within"] = 0 },
        });
        // All of one pool: its workers are asked for below it.
        world.Add("worker", 15, _ => new()
        {
            ["name"] = "w" + world._made, ["work_pool_id"] = (string)world["work_pool"][0]["id"]!, ["last_heartbeat_time"] = world.Time(), ["status"] = world.Word("ONLINE", "OFFLINE"),
        });
        return world;
    }

    public async Task InsertAsync(TestDatabase database)
    {
        var sqlite = database.Kind == DatabaseKind.Sqlite;
        var sql = new StringBuilder();
        foreach (var (table, rows) in Tables)
        {
            foreach (var row in rows)
            {
                var columns = row.Where(static column => column.Key != "parent_task_run_id").ToList();
                sql.Append(CultureInfo.InvariantCulture,
                    $"insert into {table} ({string.Join(",", columns.Select(static c => c.Key))}) values ({string.Join(",", columns.Select(c => Literal(c.Key, c.Value, sqlite)))});\n");
            }
        }
        foreach (var run in Tables["flow_run"].Where(static run => run["parent_task_run_id"] is not null))
        {
            sql.Append(CultureInfo.InvariantCulture, $"update flow_run set parent_task_run_id = '{run["parent_task_run_id"]}' where id = '{run["id"]}';\n");
        }
        await database.ExecuteAsync(sql.ToString());
    }

    private static string Literal(string column, JsonNode? value, bool sqlite) => value switch
    {
        null => "null",
        JsonValue v when v.TryGetValue<bool>(out var b) => sqlite ? b ? "1" : "0" : b ? "true" : "false",
        JsonValue v when v.TryGetValue<int>(out var n) => n.ToString(CultureInfo.InvariantCulture),
        JsonValue v when IsTime(column) => $"'{v.GetValue<string>().Replace('T', ' ').TrimEnd('Z')}{(sqlite ? "" : "+00")}'",
        JsonValue v => $"'{v.GetValue<string>().Replace("'", "''", StringComparison.Ordinal)}'",
        _ => $"'{value.ToJsonString().Replace("'", "''", StringComparison.Ordinal)}'",
    };

    public static bool IsTime(string column) => column is "created" or "updated" or "timestamp" || column.EndsWith("_time", StringComparison.Ordinal);

    private JsonObject Run(JsonObject row)
    {
        var stated = Chance(85);
        var type = Types[_random.Next(Types.Length)];
        row["name"] = Name();
        row["tags"] = Tags();
        row["state_type"] = stated ? type : null;
        row["state_name"] = stated ? Word(type, "Late") : null;
        row["start_time"] = Maybe(Time);
        row["end_time"] = Maybe(Time);
        row["expected_start_time"] = Maybe(Time);
        row["next_scheduled_start_time"] = Maybe(Time);
        return row;
    }

    private void Add(string table, int count, Func<int, JsonObject> row)
    {
        var rows = Tables[table] = [];
        for (var i = 0; i < count; i++)
        {
            _made++;
            var made = row(i);
            made["id"] = Id().ToString();
            made["created"] = Time();
            made["updated"] = Time();
            rows.Add(made);
        }
        if (table is "flow" or "work_pool" or "deployment" or "work_queue")
        {
            for (var i = 0; i < rows.Count; i++) rows[i]["name"] = rows[i]["name"]!.GetValue<string>() + (char)('a' + i);
        }
    }

    private Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private string Word(params string[] words) => words[_random.Next(words.Length)];

    private string? Maybe(Func<string> value) => Chance(70) ? value() : null;

    private string IdOf(string table) => Tables[table][_random.Next(Tables[table].Count)]["id"]!.GetValue<string>();

    private string? MaybeIdOf(string table) => Chance(70) ? IdOf(table) : null;

    // Few distinct values, so that filters meet rows and sorts meet ties.
    private string Time() => string.Create(CultureInfo.InvariantCulture, $"2026-03-0{_random.Next(1, 6)}T0{_random.Next(10)}:00:00.{(Chance(50) ? 0 : 120):000}000Z");

    private string Name()
    {
        const string letters = "aAbBx_%\\";
        return new string([.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => letters[_random.Next(letters.Length)])]);
    }

    private JsonArray Tags() => [.. Enumerable.Range(0, 4).Where(_ => Chance(35)).Select(static i => (JsonNode)("t" + i))];
}
