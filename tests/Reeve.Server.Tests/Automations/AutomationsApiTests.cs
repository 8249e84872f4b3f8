using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Automations;
using Reeve.Testing;

namespace Reeve.Server.Tests.Automations;

public sealed class AutomationsApiTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Of_two_changes_at_once_none_takes_the_other_back(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var id = Guid.Parse((string)(await CreateAsync(server, """{"type":"event","posture":"Reactive"}""")).Body!["id"]!);
        var store = server.Server.Services.GetRequiredService<AutomationStore>();
        var tries = 0;

        // Somebody pauses it while its description is being changed.
        Assert.True(await store.ChangeAsync(
            id, async known =>
            {
                if (tries++ == 0) Assert.Equal(204, (await server.PatchAsync($"automations/{id}", """{"enabled":false}""")).Status);
                known!.Description = "changed";
                return known;
            }, server.Clock.GetUtcNow(), CancellationToken.None));
        var (_, after) = await server.GetAsync($"automations/{id}");
        Assert.Equal((2, false, "changed"), (tries, (bool)after!["enabled"]!, (string)after["description"]!));

        Assert.False(await store.ChangeAsync(
            id, async known =>
            {
                await server.DeleteAsync($"automations/{id}");
                return known!;
            }, server.Clock.GetUtcNow(), CancellationToken.None));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task What_a_trigger_and_a_payload_leave_out_is_completed(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        Assert.Equal(10, (double)(await CreateAsync(server, """{"type":"event","posture":"Proactive"}""")).Body!["trigger"]!["within"]!);
        var nested = (await CreateAsync(server, """{"type":"sequence","within":null,"triggers":[{"type":"event","posture":"Proactive","within":0}]}""")).Body!;
        Assert.Equal(10, (double)nested["trigger"]!["triggers"]![0]!["within"]!);
        Assert.Equal(0, (double)(await CreateAsync(server, """{"type":"event","posture":"Reactive"}""")).Body!["trigger"]!["within"]!);

        // Events and labels are sets.
        var sets = (await CreateAsync(server, """{"type":"event","posture":"Reactive","expect":["a","b","a"],"after":["c","c"],"for_each":["d","d"]}""")).Body!["trigger"]!;
        Assert.Equal("""["a","b"]["c"]["d"]""", sets["expect"]!.ToJsonString() + sets["after"]!.ToJsonString() + sets["for_each"]!.ToJsonString());

        var payloads = await CreateAsync(
            server, """{"type":"event","posture":"Reactive"}""",
            """
            [{"type":"call-webhook","block_document_id":"11111111-1111-4111-8111-111111111111","payload":{"a":"{{ event.id }}","b":[]}},
             {"type":"call-webhook","block_document_id":"11111111-1111-4111-8111-111111111111","payload":null},
             {"type":"call-webhook","block_document_id":"11111111-1111-4111-8111-111111111111"}]
            """);
        Assert.Equal(201, payloads.Status);
        var (_, read) = await server.GetAsync($"automations/{payloads.Body!["id"]}");
        Assert.Equal(["{\n  \"a\": \"{{ event.id }}\",\n  \"b\": []\n}", null, ""], read!["actions"]!.AsArray().Select(static action => (string?)action!["payload"]));
    }

    [Theory]
    [InlineData("""{"type":"run-deployment","deployment_id":"11111111-1111-4111-8111-111111111111","parameters":{"a":["{{ x"]}}""", "a[0]: Invalid jinja: ")]
    [InlineData("""{"type":"run-deployment","deployment_id":"11111111-1111-4111-8111-111111111111","parameters":{"a":{"__prefect_kind":"jinja"}}}""", "a: Missing 'template' key in __prefect object")]
    [InlineData("""{"type":"call-webhook","block_document_id":"11111111-1111-4111-8111-111111111111","payload":{"a":"{{ x"}}""", "not a valid template")]
    [InlineData("""{"type":"pause-automation","source":"inferred","automation_id":"11111111-1111-4111-8111-111111111111"}""", "automation_id is not allowed")]
    public async Task An_action_that_can_never_be_done_is_refused(string action, string message)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var (status, body) = await CreateAsync(server, """{"type":"event","posture":"Reactive"}""", $"[{action}]");
        Assert.Equal(422, status);
        Assert.Contains(body!["exception_detail"]!.AsArray(), detail => ((string)detail!["msg"]!).Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_with_a_change_is_told_before_there_is_found_to_be_nothing_to_change()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        Task<(int Status, JsonNode? Body)> PutAsync(string actions) => server.SendAsync(
            HttpMethod.Put, $"automations/{Guid.NewGuid()}",
            $$$"""{"name":"a","trigger":{"type":"event","posture":"Reactive","expect":["prefect.flow-run.Pending"],"threshold":1},"actions":{{{actions}}}}""");

        Assert.Equal(422, (await PutAsync("""[{"type":"run-deployment","source":"inferred"}]""")).Status);
        Assert.Equal(404, (await PutAsync("""[{"type":"do-nothing"}]""")).Status);
    }

    [Fact]
    public async Task A_loop_is_refused_when_it_is_made_and_when_it_is_enabled()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        const string Trigger = """{"type":"event","posture":"Reactive","expect":["prefect.flow-run.Pending"]}""";
        const string Actions = """[{"type":"run-deployment","source":"inferred"}]""";
        Assert.Equal(422, (await CreateAsync(server, Trigger, Actions)).Status);
        var (created, automation) = await CreateAsync(server, Trigger, Actions, enabled: false);
        Assert.Equal(201, created);

        var (status, body) = await server.PatchAsync($"automations/{automation!["id"]}", """{"enabled":true}""");

        Assert.Equal(422, status);
        var detail = Assert.Single(body!["exception_detail"]!.AsArray())!;
        Assert.Empty(detail["loc"]!.AsArray());
        Assert.StartsWith("Running an inferred deployment", (string?)detail["msg"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain", "x {{ y }}", 204)]
    [InlineData("text/plain", "{{ ain't }", 422)]
    [InlineData("application/json", "\"x {{ y }}\"", 204)]
    [InlineData("application/json", "\"{{ ain't }\"", 422)]
    [InlineData("application/json", "x", 422)]
    public async Task A_template_is_checked_as_text_or_as_json(string type, string template, int expected)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var answer = await server.Http.PostAsync("templates/validate", new StringContent(template, Encoding.UTF8, type));
        Assert.Equal(expected, (int)answer.StatusCode);
        if (expected == 422 && template != "x")
            Assert.Equal(1, (int)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!["line"]!);
    }

    private static Task<(int Status, JsonNode? Body)> CreateAsync(TestServer server, string trigger, string actions = "[]", bool enabled = true) =>
        server.PostAsync("automations/", $$"""{"name":"a","enabled":{{(enabled ? "true" : "false")}},"trigger":{{trigger}},"actions":{{actions}}}""");
}
