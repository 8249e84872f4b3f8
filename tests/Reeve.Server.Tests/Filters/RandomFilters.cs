using System.Globalization;
using System.Text.Json.Nodes;

namespace Reeve.Server.Tests.Filters;

/// <summary>Random filters of every model, whose values mostly come from rows, so that they let some rows through.</summary>
internal sealed class RandomFilters(World world, Random random)
{
    /// <summary>Members of each filter: which conditions it knows and on which column, by default the one of its own name.</summary>
    private static readonly Dictionary<string, (string Name, string Knows, string? Column)[]> Members = new()
    {
        ["flow"] = [("id", "any not_any", null), ("deployment", "is_null operator", null), ("name", "any like", null), ("tags", "all is_null operator", null)],
        ["flow_run"] =
        [
            ("id", "any not_any", null), ("name", "any like", null), ("tags", "all any is_null operator", null), ("deployment_id", "any is_null operator", null),
            ("work_queue_name", "any is_null operator", null), ("state", "", null), ("flow_version", "any", null), ("start_time", "before after is_null", null),
            ("end_time", "before after is_null", null), ("expected_start_time", "before after", null), ("next_scheduled_start_time", "before after", null),
            ("parent_flow_run_id", "any operator", "id"), ("parent_task_run_id", "any is_null operator", null), ("idempotency_key", "any not_any", null), ("created_by", "", null),
        ],
        ["task_run"] =
        [
            ("id", "any", null), ("name", "any like", null), ("tags", "all is_null operator", null), ("state", "", null), ("start_time", "before after is_null", null),
            ("end_time", "before after is_null", null), ("expected_start_time", "before after", null), ("subflow_runs", "exists", null), ("flow_run_id", "any is_null operator", null),
        ],
        ["deployment"] =
        [
            ("id", "any not_any", null), ("name", "any like", null), ("flow_or_deployment_name", "like", "name"), ("paused", "eq", null),
            ("tags", "all any is_null operator", null), ("work_queue_name", "any", null),
        ],
        ["work_pool"] = [("id", "any", null), ("name", "any", null), ("type", "any", null)],
        ["work_queue"] = [("id", "any", null), ("name", "any startswith", null)],
        ["log"] = [("level", "ge le", null), ("timestamp", "before after", null), ("flow_run_id", "any", null), ("task_run_id", "any is_null", null), ("text", "", null)],
        ["artifact"] = [("id", "any", null), ("key", "any like exists", null), ("flow_run_id", "any", null), ("task_run_id", "any", null), ("type", "any not_any", null)],
        ["artifact_collection"] =
            [("latest_id", "any", null), ("key", "any like exists", null), ("flow_run_id", "any", null), ("task_run_id", "any", null), ("type", "any not_any", null)],
        ["block_type"] = [("name", "like", null), ("slug", "any", null)],
        ["block_schema"] = [("id", "any", null), ("block_type_id", "any", null), ("block_capabilities", "all", "capabilities"), ("version", "any", null)],
        ["block_document"] = [("id", "any", null), ("name", "any like", null), ("block_type_id", "any", null), ("is_anonymous", "eq", null)],
        ["automation"] = [("name", "any", null), ("created", "before", null), ("tags", "all any is_null operator", null)],
        ["worker"] = [("last_heartbeat_time", "before after", null), ("status", "any not_any", null)],
        ["variable"] = [("id", "any", null), ("name", "any like", null), ("tags", "all is_null operator", null)],
    };

    public JsonObject Filter(string table)
    {
        var filter = new JsonObject();
        if (table != "block_type" && Chance(60)) filter["operator"] = Operator();
        var members = Members[table];
        for (var left = random.Next(0, 4); left > 0; left--)
        {
            var (name, knows, column) = members[random.Next(members.Length)];
            filter[name] = Chance(5) ? null : Part(table, name, knows, column ?? name);
        }
        return filter;
    }

    private JsonNode Part(string table, string name, string knows, string column)
    {
        if (name == "state") return State(table);
        if (name == "text") return new JsonObject { ["query"] = Query() };
        if (name == "created_by")
        {
            var creator = new JsonObject { ["operator"] = Operator() };
            if (Chance(50)) creator["id_"] = List("deployment", "id");
            if (Chance(50)) creator["type_"] = new JsonArray(Chance(50) ? "DEPLOYMENT" : "AUTOMATION");
            if (Chance(30)) creator["is_null_"] = Chance(50);
            return creator;
        }
        var part = new JsonObject();
        foreach (var condition in knows.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Chance(condition == "operator" ? 50 : 55)) continue;
            part[condition == "operator" ? condition : condition + "_"] = condition switch
            {
                "operator" => Operator(),
                "any" or "not_any" or "all" when column is "tags" or "capabilities" => new JsonArray([.. Enumerable.Range(0, 4).Where(_ => Chance(30)).Select(static i => (JsonNode)("t" + i))]),
                "any" or "not_any" => List(table, column),
                "startswith" => new JsonArray([.. Enumerable.Range(0, random.Next(0, 3)).Select(_ => (JsonNode)Piece(table, column))]),
                "like" => Chance(10) ? "" : Piece(table, column),
                "before" or "after" => Time(table, column),
                "ge" or "le" => random.Next(0, 60),
                _ => Chance(50),
            };
        }
        return part;
    }

    private JsonObject State(string table)
    {
        var state = new JsonObject { ["operator"] = Operator() };
        foreach (var (name, column) in (ReadOnlySpan<(string, string)>)[("type", "state_type"), ("name", "state_name")])
        {
            if (Chance(40)) continue;
            var part = new JsonObject();
            if (Chance(60)) part["any_"] = List(table, column);
            if (table == "flow_run" && Chance(40)) part["not_any_"] = List(table, column);
            state[name] = part;
        }
        return state;
    }

    private string Query() => string.Join(' ', Enumerable.Range(0, random.Next(0, 4)).Select(_ =>
    {
        var term = Piece("log", Chance(70) ? "message" : "name").Replace(" ", Chance(50) ? "\" \"" : "", StringComparison.Ordinal);
        return (random.Next(6) switch { 0 => "-", 1 => "!", 2 => "+", _ => "" }) + (Chance(30) ? $"\"{term.Replace("\"", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal)} \"" : term);
    }));

    private JsonArray List(string table, string column) =>
        [.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => Value(table, column)).OfType<JsonNode>().DistinctBy(static v => v.ToJsonString())];

    private JsonNode? Value(string table, string column)
    {
        // An id that is a reference filters by what it refers to; a tenth of all values are of no row.
        if (column.EndsWith("id", StringComparison.Ordinal) && Chance(10)) return Guid.Empty.ToString();
        return world[table][random.Next(world[table].Count)][column]?.DeepClone();
    }

    private string Piece(string table, string column)
    {
        var text = Value(table, column)?.GetValue<string>() ?? "a";
        var from = random.Next(text.Length);
        var piece = text[from..(from + random.Next(1, text.Length - from + 1))];
        return Chance(30) ? piece.ToUpperInvariant() : piece;
    }

    private string Time(string table, string column)
    {
        var at = DateTimeOffset.Parse(Value(table, column)?.GetValue<string>() ?? "2026-03-03T05:00:00Z", CultureInfo.InvariantCulture);
        return (Chance(30) ? at.ToOffset(TimeSpan.FromHours(-7)) : at).ToString("o", CultureInfo.InvariantCulture);
    }

    private string Operator() => Chance(50) ? "or_" : "and_";

    private bool Chance(int percent) => random.Next(100) < percent;
}
