using System.Text.Json;
using System.Text.RegularExpressions;
using Reeve.Testing;

namespace Reeve.Server.Tests.Adoption;

/// <summary>What this server writes to SQLite has the form in which Prefect reads it: the way back stays open.</summary>
public sealed partial class EncodingTests
{
    [Fact]
    public async Task Every_value_has_the_form_that_prefect_gives_to_its_column_type()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        await WriteOfEverythingAsync(server);

        var checkedValues = 0;
        await using var connection = await server.Database.OpenAsync();
        foreach (var (table, column, type) in await ColumnsAsync(connection))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"select typeof(\"{column}\"), cast(\"{column}\" as text) from \"{table}\" where \"{column}\" is not null";
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                var (storage, text) = (rows.GetString(0), rows.GetString(1));
                Assert.True(Fits(type, storage, text), $"{table}.{column} ({type}) holds {storage} {text}");
                checkedValues++;
            }
        }
        Assert.True(checkedValues > 200, $"only {checkedValues} values were looked at");
    }

    private static bool Fits(string type, string storage, string text) => type switch
    {
        "CHAR(36)" => storage == "text" && Id().IsMatch(text),
        "DATETIME" => storage == "text" && Instant().IsMatch(text),
        "BOOLEAN" => storage == "integer" && text is "0" or "1",
        "INTEGER" => storage == "integer",
        "FLOAT" => storage is "real" or "integer",
        "JSON" => storage is "text" && IsJson(text),
        "SMALLINT" => storage == "integer",
        _ => storage == "text",
    };

    private static bool IsJson(string text)
    {
        try
        {
            using var _ = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static async Task WriteOfEverythingAsync(TestServer server)
    {
        async Task<string> Create(string path, string body)
        {
            var (status, answer) = await server.PostAsync(path, body);
            Assert.True(status is 200 or 201, $"{path}: {status} {answer}");
            return answer!["id"]!.ToString();
        }
        var flow = await Create("flows/", """{"name":"f","tags":["a","ü"],"labels":{"k":1}}""");
        await Create("work_pools/", """{"name":"p","type":"process","concurrency_limit":3}""");
        await Create("work_pools/p/queues", """{"name":"q","concurrency_limit":1,"priority":1}""");
        await server.PostAsync("work_pools/p/workers/heartbeat", """{"name":"w","heartbeat_interval_seconds":30}""");
        var deployment = await Create("deployments/",
            $$$"""
            {"name":"d","flow_id":"{{{flow}}}","work_pool_name":"p","work_queue_name":"q","parameters":{"x":1.5},"tags":["t"],"job_variables":{"env":{}},"concurrency_limit":2,
            "concurrency_options":{"collision_strategy":"CANCEL_NEW"},"schedules":[{"schedule":{"interval":3600},"slug":"s"},{"schedule":{"cron":"0 0 * * *"}},{"schedule":{"rrule":"FREQ=DAILY"}}]}
            """);
        await server.PostAsync($"deployments/{deployment}/schedule");
        var run = await Create($"deployments/{deployment}/create_flow_run", """{"tags":["now"],"idempotency_key":"k"}""");
        await server.PostAsync($"flow_runs/{run}/set_state", """{"state":{"type":"RUNNING"},"force":true}""");
        server.Clock.Advance(TimeSpan.FromMilliseconds(1234.567));
        await server.PostAsync($"flow_runs/{run}/set_state", """{"state":{"type":"COMPLETED","data":{"a":1}},"force":true}""");
        await server.PostAsync("work_pools/p/get_scheduled_flow_runs");
        await Create("artifacts/", $$"""{"key":"a","type":"table","data":[1],"metadata_":{"m":"n"},"flow_run_id":"{{run}}"}""");
        await Create("variables/", """{"name":"v","value":{"deep":[null,true]},"tags":["x"]}""");
        var type = await Create("block_types/", """{"name":"T","slug":"t"}""");
        var schema = await Create("block_schemas/", $$$$"""{"block_type_id":"{{{{type}}}}","fields":{"title":"T","properties":{}},"capabilities":["run"]}""");
        await Create("block_documents/", $$$"""{"name":"b","block_type_id":"{{{type}}}","block_schema_id":"{{{schema}}}","data":{"s":"hush"}}""");
        await server.PostAsync("logs/", $$"""[{"name":"n","level":20,"message":"m","timestamp":"2026-03-02T12:00:00Z","flow_run_id":"{{run}}"}]""");
    }

    private static async Task<List<(string Table, string Column, string Type)>> ColumnsAsync(System.Data.Common.DbConnection connection)
    {
        var columns = new List<(string, string, string)>();
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            select m.name, c.name, upper(c.type) from sqlite_master m join pragma_table_info(m.name) c
            where m.type = 'table' and m.name not like 'reeve_%' and m.name not like 'sqlite_%' and m.name <> 'alembic_version'
            """;
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) columns.Add((rows.GetString(0), rows.GetString(1), rows.GetString(2)));
        return columns;
    }

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
    private static partial Regex Id();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$")]
    private static partial Regex Instant();
}
