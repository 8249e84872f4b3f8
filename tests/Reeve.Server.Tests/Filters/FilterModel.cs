using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Reeve.Server.Tests.Filters;

/// <summary>What filters mean, evaluated on rows in memory. Knows nothing of SQL; a condition on a missing value does not hold.</summary>
internal sealed class FilterModel(World world)
{
    /// <summary>Whether a row passes the filters of a request, which ask of it and of what it is related to.</summary>
    public bool Passes(string table, JsonObject row, JsonObject request)
    {
        var flows = request["flows"] as JsonObject;
        var runs = request["flow_runs"] as JsonObject;
        var tasks = request["task_runs"] as JsonObject;
        var deployments = request["deployments"] as JsonObject;
        var pools = request["work_pools"] as JsonObject;
        var queues = (request["work_pool_queues"] ?? request["work_queues"]) as JsonObject;
        bool Queue(JsonNode? id) =>
            (pools is null && queues is null) || Any("work_queue", queue => Same(queue["id"], id) && Filter("work_queue", queue, queues)
                && (pools is null || Any("work_pool", pool => Same(pool["id"], queue["work_pool_id"]) && Filter("work_pool", pool, pools))));
        bool OfRun(JsonObject run) =>
            (flows is null || Any("flow", flow => Same(flow["id"], run["flow_id"]) && Filter("flow", flow, flows)))
            && (deployments is null || Any("deployment", d => Same(d["id"], run["deployment_id"]) && Filter("deployment", d, deployments)))
            && Queue(run["work_queue_id"]);
        bool HasTask(JsonObject run) => tasks is null || Any("task_run", task => Same(task["flow_run_id"], run["id"]) && Filter("task_run", task, tasks));
        bool HasRun(string column, JsonObject owner) =>
            (runs is null && tasks is null) || Any("flow_run", run => Same(run[column], owner["id"]) && Filter("flow_run", run, runs) && HasTask(run));
        var ofRunsAsked = flows is not null || runs is not null || deployments is not null || pools is not null || queues is not null;
        switch (table)
        {
            case "flow":
                return Filter(table, row, flows) && HasRun("flow_id", row)
                    && ((deployments is null && pools is null) || Any("deployment", d => Same(d["flow_id"], row["id"]) && Filter("deployment", d, deployments) && Queue(d["work_queue_id"])));
            case "flow_run":
                return Filter(table, row, runs) && OfRun(row) && HasTask(row);
            case "task_run":
                return Filter(table, row, tasks)
                    && (!ofRunsAsked || Any("flow_run", run => Same(run["id"], row["flow_run_id"]) && Filter("flow_run", run, runs) && OfRun(run)));
            case "deployment":
                return Filter(table, row, deployments) && HasRun("deployment_id", row) && Queue(row["work_queue_id"])
                    && (flows is null || Any("flow", flow => Same(flow["id"], row["flow_id"]) && Filter("flow", flow, flows)));
            case "artifact" or "artifact_collection":
                return Filter(table, row, request["artifacts"] as JsonObject)
                    && (!ofRunsAsked || Any("flow_run", run => Same(run["id"], row["flow_run_id"]) && Filter("flow_run", run, runs) && OfRun(run)))
                    && (tasks is null || Any("task_run", task => Same(task["id"], row["task_run_id"]) && Filter("task_run", task, tasks)));
            case "block_type":
                return Filter(table, row, request["block_types"] as JsonObject) && HasSchema("block_type_id", row["id"], request);
            case "block_document":
                return Filter(table, row, Named(request["block_documents"] as JsonObject)) && HasSchema("id", row["block_schema_id"], request)
                    && Any("block_type", type => Same(type["id"], row["block_type_id"]) && Filter("block_type", type, request["block_types"] as JsonObject));
            case "work_pool":
                return Filter(table, row, pools);
            case "work_queue":
                return Filter(table, row, queues);
            default:
                return Filter(table, row, request[table + "s"] as JsonObject);
        }
    }

    /// <summary>Whether a schema that passes has this value; without a filter on schemas none is needed.</summary>
    private bool HasSchema(string column, JsonNode? value, JsonObject request) =>
        request["block_schemas"] is not JsonObject schemas || Any("block_schema", schema => Same(schema[column], value) && Filter("block_schema", schema, schemas));

    /// <summary>Documents without a name of their own are left out unless the filter speaks of them.</summary>
    private static JsonObject Named(JsonObject? filter)
    {
        var named = (JsonObject?)filter?.DeepClone() ?? [];
        if (!named.ContainsKey("is_anonymous")) named["is_anonymous"] = new JsonObject { ["eq_"] = false };
        return named;
    }

    private bool Any(string table, Func<JsonObject, bool> holds) => world[table].Exists(row => holds(row));

    private static bool Same(JsonNode? left, JsonNode? right) => left is not null && right is not null && left.GetValue<string>() == right.GetValue<string>();

    private bool Filter(string table, JsonObject row, JsonObject? filter)
    {
        if (filter is null) return true;
        var parts = filter.Where(static part => part.Key != "operator" && part.Value is JsonObject && !(part.Key == "text" && Terms(part.Value).Count == 0))
            .Select(part => Part(table, part.Key, row, (JsonObject)part.Value!)).ToList();
        return Joined(filter, parts);
    }

    private static bool Joined(JsonObject filter, List<bool> parts) =>
        parts.Count == 0 || (filter["operator"]?.GetValue<string>() == "or_" ? parts.Contains(true) : !parts.Contains(false));

    private bool Part(string table, string name, JsonObject row, JsonObject part)
    {
        switch (table, name)
        {
            case ("flow", "deployment"):
                return part["is_null_"] is not { } none || none.GetValue<bool>() != Any("deployment", d => Same(d["flow_id"], row["id"]));
            case ("flow_run", "parent_flow_run_id"):
                return part["any_"] is not JsonArray parents
                    || Any("task_run", task => Same(task["id"], row["parent_task_run_id"]) && Holds(parents, task["flow_run_id"]));
            case ("flow_run", "start_time"):
                var times = new JsonObject { ["before_"] = part["before_"]?.DeepClone(), ["after_"] = part["after_"]?.DeepClone() };
                return Column(times, row["start_time"] ?? row["expected_start_time"])
                    && Column(new JsonObject { ["is_null_"] = part["is_null_"]?.DeepClone() }, row["start_time"]);
            case ("flow_run", "created_by"):
                var creator = row["created_by"] as JsonObject;
                var asked = new List<bool>();
                if (part["id_"] is JsonArray ids) asked.Add(Holds(ids, creator?["id"]));
                if (part["type_"] is JsonArray types) asked.Add(Holds(types, creator?["type"]));
                if (part["is_null_"] is { } isNull) asked.Add(isNull.GetValue<bool>() == creator is null);
                return Joined(part, asked);
            case ("flow_run" or "task_run", "state"):
                var states = new List<bool>();
                if (part["type"] is JsonObject type && Asks(type)) states.Add(Column(type, row["state_type"]));
                if (part["name"] is JsonObject label && Asks(label)) states.Add(Column(label, row["state_name"]));
                return Joined(part, states);
            case ("task_run", "subflow_runs"):
                return part["exists_"] is not { } exists || exists.GetValue<bool>() == Any("flow_run", run => Same(run["parent_task_run_id"], row["id"]));
            case ("task_run", "flow_run_id"):
                if (part["is_null_"]?.GetValue<bool>() == true) return row["flow_run_id"] is null;
                if (part["any_"] is JsonArray any) return Holds(any, row["flow_run_id"]);
                return (part.ContainsKey("is_null_") && part["is_null_"] is null) || row["flow_run_id"] is not null;
            case ("deployment", "flow_or_deployment_name"):
                var like = new JsonObject { ["like_"] = part["like_"]?.DeepClone() };
                return Column(like, row["name"]) || Any("flow", flow => Same(flow["id"], row["flow_id"]) && Column(like, flow["name"]));
            case ("block_schema", "block_capabilities"):
                return Column(part, row["capabilities"]);
            case ("log", "text"):
                return Text(part, $"{row["message"]} {row["name"]}");
            default:
                return Column(part, row[name]);
        }
    }

    private static bool Asks(JsonObject part) => part["any_"] is not null || part["not_any_"] is JsonArray { Count: > 0 };

    /// <summary>The members every filter on one column is made of.</summary>
    private static bool Column(JsonObject part, JsonNode? value)
    {
        var parts = new List<bool>();
        var list = value as JsonArray;
        if (part["all_"] is JsonArray { Count: > 0 } all) parts.Add(all.All(each => Holds(list!, each)));
        if (part["any_"] is JsonArray any) parts.Add(list is null ? Holds(any, value) : any.Any(each => Holds(list, each)));
        if (part["not_any_"] is JsonArray { Count: > 0 } none) parts.Add(value is not null && !Holds(none, value));
        if (part["like_"]?.GetValue<string>() is { Length: > 0 } like) parts.Add(value is not null && Like($"%{like}%", value.GetValue<string>()));
        if (part["startswith_"] is JsonArray { Count: > 0 } starts) parts.Add(starts.Any(start => Like(start!.GetValue<string>() + "%", value!.GetValue<string>())));
        if (part["before_"] is { } before) parts.Add(value is not null && Instant(value) <= Instant(before));
        if (part["after_"] is { } after) parts.Add(value is not null && Instant(value) >= Instant(after));
        if (part["is_null_"] is { } isNull) parts.Add(isNull.GetValue<bool>() == (list is null ? value is null : list.Count == 0));
        if (part["exists_"] is { } exists) parts.Add(exists.GetValue<bool>() == value is not null);
        if (part["eq_"] is { } equal) parts.Add(equal.GetValue<bool>() == value!.GetValue<bool>());
        if (part["ge_"] is { } least) parts.Add(value!.GetValue<int>() >= least.GetValue<int>());
        if (part["le_"] is { } most) parts.Add(value!.GetValue<int>() <= most.GetValue<int>());
        return Joined(part, parts);
    }

    private static bool Holds(JsonArray list, JsonNode? value) => value is not null && list.Any(each => each!.GetValue<string>() == value.GetValue<string>());

    private static DateTimeOffset Instant(JsonNode value) => DateTimeOffset.Parse(value.GetValue<string>(), CultureInfo.InvariantCulture);

    private static bool Like(string pattern, string text) =>
        Regex.IsMatch(text, "^" + Regex.Escape(pattern).Replace("%", ".*", StringComparison.Ordinal).Replace('_', '.') + "$",
            RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    private static List<(string Mark, string Term)> Terms(JsonNode query) =>
        [.. Regex.Matches(query["query"]!.GetValue<string>(), "([-+!]?)(?:\"([^\"]*)\"|([^\\s\"]+))", RegexOptions.None, TimeSpan.FromSeconds(5))
            .Select(static match => (Mark: match.Groups[1].Value, Term: match.Groups[2].Value + match.Groups[3].Value))
            .Where(static each => each.Term.Trim().Length > 0)];

    private static bool Text(JsonNode query, string text)
    {
        var terms = Terms(query);
        bool Has(string term) => Like($"%{term}%", text);
        return (terms.TrueForAll(static each => each.Mark != "") || terms.Exists(each => each.Mark == "" && Has(each.Term)))
            && !terms.Exists(each => each.Mark is "-" or "!" && Has(each.Term))
            && !terms.Exists(each => each.Mark == "+" && !Has(each.Term));
    }
}
