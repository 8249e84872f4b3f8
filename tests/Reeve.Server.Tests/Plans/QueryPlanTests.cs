using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Reeve.Data;
using Reeve.Load;
using Reeve.Seed;
using Reeve.Testing;

namespace Reeve.Server.Tests.Plans;

/// <summary>
/// The plans of what the official UI asks for, over a seeded database: no statement walks a large table from end to end,
/// and none reads many times more rows than it answers.
/// </summary>
public sealed class QueryPlanTests
{
    private static readonly string[] Large =
        ["flow_run", "flow_run_state", "task_run", "task_run_state", "log", "events", "event_resources", "artifact"];

    private static double Scale => Environment.GetEnvironmentVariable("REEVE_TEST_NIGHTLY") == "1" ? 0.01 : 0.002;

    [Fact]
    public async Task No_call_of_the_pages_scans_a_large_table_on_postgres()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var plan = new SeedPlan(Scale, 1, server.Clock.GetUtcNow());
        await using var source = NpgsqlDataSource.Create(server.Database.ConnectionString);
        await Seeder.FillAsync(source, plan, static (_, _) => { });
        var db = server.Server.Services.GetRequiredService<Db>();
        var faults = new StringBuilder();
        foreach (var (call, statements) in await StatementsAsync(server, db, plan))
        {
            foreach (var sql in statements)
            {
                // A table as small as a test's is cheapest to read whole; this has it treated as the large one it stands for.
                var batch = new SqlBatch();
                batch.One($"select set_config('enable_seqscan', 'off', true)", static row => row.GetString(0));
                Sql explain = $"explain (analyze, format json) ";
                var text = batch.One(explain.Add(sql), static row => row.GetString(0));
                await db.WriteAsync(batch);
                Judge(JsonNode.Parse(text.Value!)![0]!["Plan"]!.AsObject(), plan, call, faults);
            }
        }
        Assert.True(faults.Length == 0, faults.ToString());
    }

    [Fact]
    public async Task No_call_of_the_pages_scans_a_large_table_on_sqlite()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var plan = new SeedPlan(0.0005, 1, server.Clock.GetUtcNow());
        Seeder.Fill(new SqliteConnectionStringBuilder(server.Database.ConnectionString).DataSource, plan, static (_, _) => { });
        var db = server.Server.Services.GetRequiredService<Db>();
        var faults = new StringBuilder();
        foreach (var (call, statements) in await StatementsAsync(server, db, plan))
        {
            foreach (var sql in statements)
            {
                Sql explain = $"explain query plan ";
                var steps = await db.ListAsync(explain.Add(sql), static row => row.GetString(3));
                var aliases = Aliases(sql.Render());
                foreach (var step in steps.Where(step => step.StartsWith("SCAN ", StringComparison.Ordinal) && !step.Contains(" USING INDEX", StringComparison.Ordinal) && !step.Contains(" USING COVERING INDEX", StringComparison.Ordinal)))
                {
                    if (Large.Contains(aliases.GetValueOrDefault(step.Split(' ')[1], step.Split(' ')[1]))) faults.AppendLine($"{call}: {step}: {string.Join("; ", steps)}");
                }
                if (steps.Contains("USE TEMP B-TREE FOR ORDER BY") && call.Contains("filter {\"limit\":10,\"sort\":\"START_TIME_DESC\"}", StringComparison.Ordinal)) faults.AppendLine($"{call}: sorts the whole table");
            }
        }
        Assert.True(faults.Length == 0, faults.ToString());
    }

    /// <summary>Sends every call and keeps the statements it was answered with.</summary>
    private static async Task<List<(string Call, List<Sql> Statements)>> StatementsAsync(TestServer server, Db db, SeedPlan plan)
    {
        var calls = new List<(string, List<Sql>)>();
        foreach (var (method, path, body) in PageCalls.All(PlacesOf(plan), TimeSpan.FromHours(2)).Concat(EventCalls(plan)))
        {
            var seen = new ConcurrentQueue<Sql>();
            db.OnStep = step => { if (step.Sql is not null) seen.Enqueue(step.Sql); };
            var (status, answer) = await server.SendAsync(new HttpMethod(method), path, body);
            db.OnStep = null;
            Assert.True(status == 200, $"{method} {path} {body}: {status} {answer} {server.Faults.LastOrDefault()}");
            Assert.NotEmpty(seen);
            calls.Add(($"{method} {path} {body}", [.. seen]));
        }
        return calls;
    }

    /// <summary>What is asked of events beside what the page asks: by whoever follows a resource, and in charts of the last two hours.</summary>
    private static IEnumerable<Call> EventCalls(SeedPlan plan)
    {
        var occurred = $$$""" "occurred":{"since":"{{{plan.Now.AddHours(-2):O}}}","until":"{{{plan.Now:O}}}"} """;
        var run = $"prefect.flow-run.{plan.Id("flow_run", plan.FlowRuns / 2)}";
        foreach (var countable in (string[])["resource", "day", "event"])
        {
            yield return Call.Post($"events/count-by/{countable}", $$$"""{"filter":{{{{occurred}}}}}""");
            yield return Call.Post($"events/count-by/{countable}", $$$"""{"filter":{{{{occurred}}},"resource":{"id":["{{{run}}}"]} } }""");
        }
        string[] filters =
        [
            $$$"""{"resource":{"id":["{{{run}}}"]} }""", $$$"""{"related":{"id":["{{{run}}}"]} }""", $$$"""{"related":{"resources_in_roles":[["{{{run}}}","flow"]]} }""",
            $$$"""{"any_resource":{"labels":{"prefect.resource.id":["{{{run}}}"]} } }""", $$$"""{{{{occurred}}},"resource":{"id_prefix":["prefect.flow-run."],"distinct":true} }""",
            $$$"""{{{{occurred}}},"event":{"name":["prefect.flow-run.Running"]} }""", $$$"""{{{{occurred}}},"text":{"query":"running"} }""",
        ];
        foreach (var filter in filters) yield return Call.Post("events/filter", $$$"""{"filter":{{{filter}}},"limit":50}""");
    }

    private static Places PlacesOf(SeedPlan plan) => new(
        plan.Now,
        [plan.Id("flow", 3), plan.Id("flow", 1)],
        [plan.Id("deployment", 3)],
        [plan.Id("flow_run", plan.FlowRuns / 2), plan.Id("flow_run", 7)],
        [plan.Id("task_run", plan.TaskRuns / 2)],
        ["seed-pool-1"]);

    /// <summary>Finds nodes that read a large table whole, or read and throw away most of it.</summary>
    private static void Judge(JsonObject node, SeedPlan plan, string call, StringBuilder faults)
    {
        var type = node["Node Type"]!.GetValue<string>();
        if (node["Relation Name"]?.GetValue<string>() is { } table && Large.Contains(table))
        {
            var loops = node["Actual Loops"]!.GetValue<double>();
            var read = (node["Actual Rows"]!.GetValue<double>() + (node["Rows Removed by Filter"]?.GetValue<double>() ?? 0)) * loops;
            // 4,000 rows are a page of a thousand runs with their tasks; beyond that a fifth of the table is too much.
            var rows = table.StartsWith("flow_run", StringComparison.Ordinal) ? plan.FlowRuns : table == "artifact" ? plan.Artifacts : plan.TaskRuns;
            if (CountsAll(call))
            {
                // What is counted is read; but from an index alone where nothing is asked of it.
                if (call.EndsWith(" {}", StringComparison.Ordinal) && type != "Index Only Scan") faults.AppendLine($"{call}\n  {type} on {table}, not an index alone");
            }
            else if (type.Contains("Seq Scan", StringComparison.Ordinal) && loops > 0) faults.AppendLine($"{call}\n  {type} on {table}, {read} rows, filter {node["Filter"]}");
            else if (read > 4000 && read > rows / 5.0) faults.AppendLine($"{call}\n  {type} on {table} by {node["Index Name"]} reads {read} rows, filter {node["Filter"]}");
        }
        foreach (var child in node["Plans"]?.AsArray() ?? []) Judge(child!.AsObject(), plan, call, faults);
    }

    /// <summary>Counts of all there is, and of all that a flow ever ran: they grow with what they count.</summary>
    private static bool CountsAll(string call) =>
        call.EndsWith("_runs/count {}", StringComparison.Ordinal)
        || (call.Contains("task_runs/count", StringComparison.Ordinal) && call.Contains("\"flows\"", StringComparison.Ordinal));

    private static Dictionary<string, string> Aliases(string sql)
    {
        var words = sql.Split([' ', '\n', '\r', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries);
        var aliases = new Dictionary<string, string>();
        for (var i = 0; i + 1 < words.Length; i++)
        {
            if (Large.Contains(words[i])) aliases[words[i + 1]] = words[i];
        }
        return aliases;
    }
}
