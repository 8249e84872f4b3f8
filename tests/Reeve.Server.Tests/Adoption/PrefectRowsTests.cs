using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Server.Tests.Adoption;

/// <summary>Rows in Prefect's own encodings, written by hand as its server writes them.</summary>
public sealed class PrefectRowsTests
{
    // 32 known bytes, and a token that OpenSSL and Python made with them, not this code.
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string Token =
        "gAAAAABpgA6AZGVmZ2hpamtsbW5vcHFyc3hAj9MnRL76HdievCEsZ-gB66lVYhStlkoE_FttIJzp1j6IYUrWRW6EfLxbtguXn2ESvzPZXwsgiApGSNVvIt1KLPL77dl9K6CTb9b9fB0B";

    private const string Made = "2026-02-01 10:20:30.123456";
    private const string Id = "7d70ac48-83f3-469b-8543-7a01e5dc8b3";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_deployment_is_read_with_its_surroundings_runs_and_changes(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await PutAsync(server, kind, "flow", """{"id":"$1","name":"f","tags":"[\"é\"]","labels":null}""");
        // The pool and its default queue refer to each other, as Prefect's do.
        await PutAsync(server, kind, "work_pool", """{"id":"$2","name":"p","type":"process","base_job_template":"{}","is_paused":"0","status":"READY","storage_configuration":"{}"}""");
        await PutAsync(server, kind, "work_queue", """{"id":"$3","name":"default","description":"","is_paused":"0","priority":"1","work_pool_id":"$2","status":"READY","last_polled":"2026-02-01 10:20:30.000000"}""");
        await server.Database.ExecuteAsync($"update work_pool set default_queue_id = '{Id}3'");
        await PutAsync(server, kind, "deployment",
            """
            {"id":"$4","name":"d","flow_id":"$1","tags":"[\"a\", \"b\"]","parameters":"{\"x\": 1.5}","parameter_openapi_schema":"{}","infra_overrides":"{\"env\": {\"A\": \"1\"}}",
            "pull_steps":"[{\"prefect.deployments.steps.set_working_directory\": {\"directory\": \"/srv\"}}]","enforce_parameter_schema":"1","paused":"0","status":"READY",
            "work_queue_id":"$3","work_queue_name":"default","labels":"{\"prefect.flow.id\": \"$1\"}","concurrency_options":"{\"collision_strategy\": \"CANCEL_NEW\"}",
            "created_by":"{\"id\": \"$1\", \"type\": \"AUTOMATION\", \"display_value\": \"auto\"}"}
            """);
        await PutAsync(server, kind, "deployment_schedule",
            """{"id":"$5","deployment_id":"$4","schedule":"{\"interval\": 3600.0, \"anchor_date\": \"2026-01-01T00:00:00Z\", \"timezone\": \"Europe/Berlin\"}","active":"1","parameters":"{}","slug":"hourly"}""");

        var (_, read) = await server.GetAsync("deployments/name/f/d");
        var (_, flow) = await server.GetAsync($"flows/{Id}1");
        var (created, run) = await server.PostAsync($"deployments/{Id}4/create_flow_run");
        var (changed, _) = await server.PatchAsync($"deployments/{Id}4", """{"schedules":[{"slug":"hourly","active":false}],"tags":["c"]}""");
        var (_, after) = await server.GetAsync($"deployments/{Id}4");

        Assert.Equal((201, 204), (created, changed));
        Assert.Equal("2026-02-01T10:20:30.123456Z", (string?)read!["created"]);
        Assert.Equal(("p", "default", "READY", true), ((string?)read["work_pool_name"], (string?)read["work_queue_name"], (string?)read["status"], (bool)read["enforce_parameter_schema"]!));
        Assert.Equal(("""{"env":{"A":"1"}}""", "auto"), (read["job_variables"]!.ToJsonString(), (string?)read["created_by"]!["display_value"]));
        Assert.Equal("Europe/Berlin", (string?)read["schedules"]![0]!["schedule"]!["timezone"]);
        Assert.Equal(("é", null), ((string?)flow!["tags"]![0], flow["labels"]));
        Assert.Equal(("default", "1.5"), ((string?)run!["work_queue_name"], run["parameters"]!["x"]!.ToJsonString()));
        Assert.Equal((false, "c"), ((bool)after!["schedules"]![0]!["active"]!, (string?)after["tags"]![0]));
        Assert.Equal(read["pull_steps"]!.ToJsonString(), after["pull_steps"]!.ToJsonString());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_block_is_opened_with_the_key_of_the_table_and_changed_with_it(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await PutAsync(server, kind, "configuration", $$"""{"id":"$1","key":"ENCRYPTION_KEY","value":"{\"fernet_key\": \"{{Key}}\"}"}""");
        await PutAsync(server, kind, "block_type", """{"id":"$2","name":"T","slug":"t","is_protected":"0"}""");
        await PutAsync(server, kind, "block_schema",
            """{"id":"$3","checksum":"sha256:1","fields":"{\"title\": \"T\", \"type\": \"object\", \"properties\": {}, \"secret_fields\": [\"token\"]}","block_type_id":"$2","capabilities":"[\"read-path\"]","version":"3.0.0"}""");
        await PutAsync(server, kind, "block_document",
            $$"""{"id":"$4","name":"b","data":"\"{{Token}}\"","block_schema_id":"$3","block_type_id":"$2","block_type_name":"T","is_anonymous":"0"}""");

        var (_, hidden) = await server.GetAsync($"block_documents/{Id}4");
        var (_, open) = await server.GetAsync($"block_documents/{Id}4?include_secrets=true");
        var (status, _) = await server.PatchAsync($"block_documents/{Id}4", """{"data":{"token":"********","basepath":"/new"}}""");
        var (_, after) = await server.GetAsync("block_types/slug/t/block_documents/name/b?include_secrets=true");

        Assert.Equal("********", (string?)hidden!["data"]!["token"]);
        Assert.Equal("""{"basepath":"/tmp/prefect","token":"hush"}""", open!["data"]!.ToJsonString());
        Assert.Equal(204, status);
        Assert.Equal(("hush", "/new"), ((string?)after!["data"]!["token"], (string?)after["data"]!["basepath"]));
        Assert.Equal(1, await server.Database.ScalarAsync<long>("select count(*) from configuration"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_block_of_another_key_is_refused_by_name_never_overwritten_and_may_be_deleted(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await PutAsync(server, kind, "block_type", """{"id":"$2","name":"T","slug":"t","is_protected":"0"}""");
        await PutAsync(server, kind, "block_schema", """{"id":"$3","checksum":"sha256:1","fields":"{}","block_type_id":"$2","capabilities":"[]","version":"3.0.0"}""");
        await PutAsync(server, kind, "block_document",
            $$"""{"id":"$4","name":"locked","data":"\"{{Token}}\"","block_schema_id":"$3","block_type_id":"$2","block_type_name":"T","is_anonymous":"0"}""");

        var (keyless, told) = await server.GetAsync($"block_documents/{Id}4");
        var (changed, _) = await server.PatchAsync($"block_documents/{Id}4", """{"data":{"basepath":"/new"}}""");
        var stored = await server.Database.ScalarAsync<string>("select cast(data as text) from block_document");
        var (listed, _) = await server.PostAsync("block_documents/filter");
        var (deleted, _) = await server.DeleteAsync($"block_documents/{Id}4");

        Assert.Equal((409, 409, 409, 204), (keyless, changed, listed, deleted));
        Assert.Contains("'locked'", (string?)told!["detail"], StringComparison.Ordinal);
        Assert.Contains("PREFECT_SERVER_ENCRYPTION_KEY", (string?)told["detail"], StringComparison.Ordinal);
        Assert.Equal($"\"{Token}\"", stored);
    }

    private static Task PutAsync(TestServer server, DatabaseKind kind, string table, string row)
    {
        var columns = JsonNode.Parse(row.Replace("$", Id, StringComparison.Ordinal))!.AsObject();
        columns["created"] = Made;
        columns["updated"] = Made;
        return server.Database.ExecuteAsync(PrefectRow.Insert(kind, table, columns));
    }
}
