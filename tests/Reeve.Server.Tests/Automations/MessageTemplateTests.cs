using System.Text.Json;
using Reeve.Testing;
using static Reeve.Server.Tests.Automations.ActionParts;

namespace Reeve.Server.Tests.Automations;

/// <summary>What texts of actions can name.</summary>
public sealed class MessageTemplateTests
{
    private static readonly (string Template, string Text)[] Cases =
    [
        ("{{ labels.prefect.resource.id }} {{ labels['prefect.resource.id'] }}", "thing.1 thing.1"),
        ("{{ event.resource.labels.prefect.resource.id }} - {{ event.resource.labels.kingdom }} - {{ event.resource['kingdom'] }}", "thing.1 - Animalia - Animalia"),
        ("{% for label, value in event.resource.labels|sort %}{{ label }}={{ value }};{% endfor %}", "kingdom=Animalia;prefect.resource.id=thing.1;"),
        ("{% for related in event.related %}{{ related.role }}/{{ related.labels.prefect.resource.role }} {{ related.labels.genus }},{% endfor %}", "meal/meal Tulipa,meal/meal Acer,"),
        ("{{ event.resource_in_role['meal'].id }} {{ event.resources_in_role['meal'] | length }} {{ event.resource_in_role['nobody'].id }}", "food.1 2 "),
        ("{{ variables.hello }} {{ variables['hello'] }} {{ variables.none }}", "world! world! "),
        ("{{ flow.name }} {{ flow_run.name }} {{ deployment }} {{ task_run.anything.at.all }}", "  None "),
        ("{{ event.payload.n }} {{ event.event | upper }} {{ automation.name }}", "1 A a"),
        ("{{ firing.triggering_labels }} {{ firings | length }} {{ events | length }}", "{'prefect.resource.id': 'thing.1'} 1 1"),
        ("{% for i in range(3) %}{{ i }}{% endfor %}", "012"),
        ("{{ automation.trigger.posture }} {{ automation.trigger.posture.value }} {{ automation.trigger.within }} {{ automation.trigger.expect }}", "Posture.Reactive Reactive 0:01:00 ['a']"),
        ("{{ firing.trigger.posture }} {% for state in firing.trigger_states %}{{ state }} {{ state.value }}{% endfor %}", "Posture.Reactive TriggerState.Triggered Triggered"),
        ("{{ firing.triggering_event.resource.labels.kingdom }} {{ firings[0].triggering_event.event }} {{ firing.triggering_firings | length }}", "Animalia a 0"),
        ("{{ automation.actions[0].type }} {{ automation.actions_on_trigger[0].state }} {{ automation.actions_on_trigger[0].state == 'FAILED' }}", "call-webhook StateType.FAILED True"),
    ];

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Labels_roles_variables_and_firings_are_named_as_attributes_or_by_key(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        await using var listener = Listener.Start("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await bench.Server.PostAsync("variables/", """{"name":"hello","value":"world!"}""");
        var block = await BlockAsync(bench, "webhook", [], $$"""{"url":"{{listener.Url}}"}""");
        var actions = Cases.Select(one => $$"""{"type":"call-webhook","block_document_id":"{{block}}","payload":"{{JsonEncodedText.Encode(one.Template)}}"}""");
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"],"within":60,"for_each":["prefect.resource.id"]}""", $"[{string.Join(',', actions)}]", more: ""","actions_on_trigger":[{"type":"change-flow-run-state","state":"FAILED"}]""");
        await bench.TellAsync(
            "a", labels: ""","kingdom":"Animalia" """,
            related: """[{"prefect.resource.id":"food.1","prefect.resource.role":"meal","genus":"Tulipa"},{"prefect.resource.id":"food.2","prefect.resource.role":"meal","genus":"Acer"}]""");

        await bench.SettleAsync();

        // The last action has no flow run to act on.
        Assert.Equal("change-flow-run-state", (string?)Assert.Single(await bench.EventsAsync("prefect.automation.action.failed"))["payload"]!["action_type"]);
        Assert.Equal(Cases.Select(static one => one.Text), listener.Requests.Select(static sent => sent[(sent.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]));
    }

    [Fact]
    public async Task A_run_has_the_state_that_set_the_automation_off_and_its_kinds_as_members_of_enumerations()
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Sqlite);
        await using var listener = Listener.Start("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var block = await BlockAsync(bench, "webhook", [], $$"""{"url":"{{listener.Url}}"}""");
        var run = await FlowRunAsync(bench, "RUNNING");
        const string Template = "{{ flow_run.state.type.value }} {{ flow_run.state.type }} {{ flow_run.state.type == 'PENDING' }} {{ flow_run.state.name | upper }} "
            + "{{ flow_run.state.timestamp.isoformat() }} {{ flow_run.state_type | lower }} {{ flow_run.total_run_time }} {{ deployment.status.value }} {{ flow_run.state.type | tojson }}";
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"]}""", $$"""[{"type":"call-webhook","block_document_id":"{{block}}","payload":"{{JsonEncodedText.Encode(Template)}}"}]""");
        var deployment = $$"""[{"prefect.resource.id":"prefect.deployment.{{await DeploymentAsync(bench)}}","prefect.resource.role":"deployment"}]""";
        foreach (var type in (string[])["PENDING", "ANNIHILATED"])
        {
            await bench.TellAsync(
                "a", $"prefect.flow-run.{run}", related: deployment,
                labels: $$""","prefect.state-type":"{{type}}","prefect.state-name":"Pending","prefect.state-message":"","prefect.state-timestamp":"2026-03-02T12:00:00+00:00" """);
        }

        await bench.SettleAsync();

        Assert.Empty((await bench.EventsAsync("prefect.automation.action.failed")).Select(static told => told["payload"]!.ToJsonString()));
        var texts = listener.Requests.ConvertAll(static sent => sent[(sent.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.Equal(2, texts.Count);
        Assert.Contains("PENDING StateType.PENDING True PENDING 2026-03-02T12:00:00+00:00 running 0:00:00 NOT_READY \"PENDING\"", texts);
        // A state that is none is not taken from the event.
        Assert.Contains(texts, static text => text.StartsWith("RUNNING StateType.RUNNING False RUNNING ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{% for i in range(101) %}{% endfor %}", "OverflowError")]
    [InlineData("{% include 'x' %}", "")]
    public async Task What_a_template_must_not_do_fails_the_action(string template, string error)
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Sqlite);
        var block = await BlockAsync(bench, "webhook", [], """{"url":"http://127.0.0.1:1/"}""");
        var action = $$"""{"type":"call-webhook","block_document_id":"{{block}}","payload":"{{JsonEncodedText.Encode(template)}}"}""";
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"]}""", $"[{action}]");
        await bench.TellAsync("a");

        await bench.SettleAsync();

        var failed = Assert.Single(await bench.EventsAsync("prefect.automation.action.failed"));
        var reason = failed["payload"]!["reason"]!.GetValue<string>();
        Assert.StartsWith("Template rendering failed: " + error, reason, StringComparison.Ordinal);
        Assert.Equal("The template could not be rendered: " + reason["Template rendering failed: ".Length..], failed["payload"]!["template_error"]!.GetValue<string>());
        Assert.Equal(template, failed["payload"]!["template_source"]!.GetValue<string>());
    }
}
