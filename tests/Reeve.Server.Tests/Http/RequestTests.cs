using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Server.Tests.Http;

public sealed class RequestTests
{
    [Fact]
    public async Task A_body_that_is_wrong_is_refused_with_a_reason_and_nothing_is_written()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        (byte[] Body, int Status)[] bodies =
        [
            ([], 422),
            ("null"u8.ToArray(), 422),
            ("""{"name":"a" """u8.ToArray(), 422),
            ("""{"name":"a"} extra"""u8.ToArray(), 422),
            ("""{"name":"\ud800"}"""u8.ToArray(), 422),
            ([.. "{\"name\":\""u8, 0xff, .. "\"}"u8], 422),
            (Encoding.UTF8.GetBytes(new string('[', 10_000)), 422),
            (Encoding.UTF8.GetBytes($$"""{"name":"{{new string('a', 2_000_000)}}","labels":7}"""), 422),
            (new byte[10 * 1024 * 1024], 413),
        ];

        foreach (var (body, wanted) in bodies)
        {
            using var content = new ByteArrayContent(body);
            using var answer = await server.Http.PostAsync("flows/", content);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Equal((wanted, body.Length), ((int)answer.StatusCode, body.Length));
            var json = JsonNode.Parse(text)!;
            Assert.NotEmpty(wanted == 422 ? json["exception_detail"]![0]!["msg"]!.GetValue<string>() : json["detail"]!.GetValue<string>());
            Assert.True(text.Length < 100_000);
        }

        Assert.Equal(0, await server.Database.ScalarAsync<long>("select count(*) from flow"));
        Assert.Equal(0, await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox"));
    }

    [Fact]
    public async Task Every_fault_of_a_body_is_told_with_its_place_and_the_body()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);

        var (status, body) = await server.PostAsync("flows/", """{"tags":[1],"more":true}""");

        Assert.Equal(422, status);
        Assert.Equal("Invalid request received.", body!["exception_message"]!.GetValue<string>());
        var faults = body["exception_detail"]!.AsArray().Select(static each => each!["type"] + " " + each["loc"]!.ToJsonString());
        Assert.Equal(["string_type [\"body\",\"tags\",0]", "extra_forbidden [\"body\",\"more\"]", "missing [\"body\",\"name\"]"], faults);
        Assert.Equal("""{"tags":[1],"more":true}""", body["request_body"]!.ToJsonString());
    }

    [Theory]
    [InlineData("flows/filter")]
    [InlineData("flow_runs/filter")]
    [InlineData("task_runs/filter")]
    [InlineData("deployments/filter")]
    [InlineData("work_pools/filter")]
    [InlineData("artifacts/filter")]
    [InlineData("variables/filter")]
    [InlineData("logs/filter")]
    [InlineData("block_documents/filter")]
    public async Task Parameters_that_a_client_was_not_given_come_as_null(string path)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var (status, body) = await server.PostAsync(path, """{"flows":null,"flow_runs":null,"task_runs":null,"deployments":null,"sort":null,"limit":null,"offset":null}""");
        Assert.Equal((200, "[]"), (status, body!.ToJsonString()));
    }

    [Fact]
    public async Task An_unknown_key_is_taken_unless_the_server_is_strict()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite, null, "PREFECT_REEVE_STRICT_REQUESTS=false");
        var (status, _) = await server.PostAsync("flows/", """{"name":"a","from_tomorrow":1}""");
        Assert.Equal(201, status);
    }

    [Theory]
    [InlineData("text/plain", 422)]
    [InlineData("application/vnd.api+json", 201)]
    [InlineData("application/json; charset=utf-8", 201)]
    [InlineData(null, 201)]
    public async Task Only_json_is_a_body(string? type, int wanted)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var content = new ByteArrayContent("""{"name":"a"}"""u8.ToArray());
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await server.Http.PostAsync("flows/", content);
        Assert.Equal(wanted, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Parameters_of_the_query_are_checked()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);

        var (missing, body) = await server.GetAsync("task_run_states/");
        var (wrong, _) = await server.GetAsync("task_run_states/?task_run_id=7");
        var (right, _) = await server.GetAsync("task_run_states/?task_run_id=3f2b0b9e6e0c4e0e9c6f0d7f2a8f5a11");

        Assert.Equal((422, 422, 200), (missing, wrong, right));
        Assert.Equal("""["query","task_run_id"]""", body!["exception_detail"]![0]!["loc"]!.ToJsonString());
    }
}
