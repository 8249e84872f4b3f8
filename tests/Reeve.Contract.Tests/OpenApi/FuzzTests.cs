using System.Text;
using CsCheck;
using Reeve.Contract.OpenApi;

namespace Reeve.Contract.Tests.OpenApi;

public sealed class FuzzTests
{
    private static readonly (string Method, string Path, string Body)[] Seeds =
    [
        ("POST", "/automations/", """{"name":"a","trigger":{"type":"compound","require":1,"within":"PT1H","triggers":[{"posture":"Reactive","match":{"a":["b"]}}]},"actions":[{"type":"run-deployment","source":"inferred","schedule_after":1}]}"""),
        ("POST", "/deployments/", """{"name":"d","flow_id":"3f2b0b9e-6e0c-4e0e-9c6f-0d7f2a8f5a11","schedules":[{"schedule":{"cron":"0 0 * * *","timezone":"UTC"}},{"schedule":{"rrule":"FREQ=DAILY"}}],"labels":{"a":1}}"""),
        ("POST", "/events", """[{"occurred":"2026-01-01T00:00:00Z","event":"e","id":"3f2b0b9e6e0c4e0e9c6f0d7f2a8f5a11","resource":{"prefect.resource.id":"x"},"related":[{"prefect.resource.id":"x","prefect.resource.role":"y"}]}]"""),
        ("POST", "/work_pools/", """{"name":"p","base_job_template":{"job_configuration":{"a":"{{ b }}"},"variables":{"properties":{"b":{}}}}}"""),
        ("POST", "/variables/", """{"name":"v","value":{"a":[1,2.5,null,"\u00e4"]}}"""),
        ("POST", "/task_runs/", """{"task_key":"a","dynamic_key":"b","flow_run_id":null,"empirical_policy":{"retry_delay":[1,2.5],"retry_jitter_factor":0.5},"task_inputs":{"x":[{"input_type":"task_run","id":"3f2b0b9e-6e0c-4e0e-9c6f-0d7f2a8f5a11"}]}}"""),
    ];

    private static Gen<T> Pick<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(at => choices[at]);

    [Fact]
    public void Damaged_bodies_are_judged_and_never_break_the_validator()
    {
        var damage = Gen.Select(Gen.Int[0, 500], Gen.Int[0, 3], Gen.Byte, Pick("\"", "{", "}", "[", "null", "1e999", "\\ud800", "-0", "\"\"", "true"));
        Gen.Select(Pick(Seeds), damage.Array[1, 4]).Sample(
            (seed, changes) =>
            {
                var body = Encoding.UTF8.GetBytes(seed.Body).ToList();
                foreach (var (where, kind, letter, piece) in changes)
                {
                    if (body.Count == 0) break;
                    var at = where % body.Count;
                    if (kind == 0) body[at] = letter;
                    else if (kind == 1) body.RemoveAt(at);
                    else if (kind == 2) body.InsertRange(at, Encoding.UTF8.GetBytes(piece));
                    else body.RemoveRange(at, Math.Min(letter % 20, body.Count - at));
                }
                Check.Body(Check.Operation(seed.Method, seed.Path), [.. body], strict: false);
            },
            iter: 3000,
            print: static each => $"{each.Item1.Path} {each.Item2.Length}");
    }

    [Fact]
    public void Values_swapped_between_members_are_judged_and_never_break_the_validator()
    {
        string[] values = ["null", "true", "1", "-1", "1e400", "0.5", "\"\"", "\"a\"", "\"PT1H\"", "[]", "{}", "[null]", "[{}]", "{\"a\":null}", "\"\\u0000\""];
        foreach (var key in OpenApiDocument.Index.Operations)
        {
            var words = key.Split(' ');
            if (OpenApiDocument.Find(words[0], words[1]) is not { TakesBody: true } operation) continue;
            foreach (var value in values)
            {
                Check.Body(operation, Encoding.UTF8.GetBytes(value));
                Check.Body(operation, Encoding.UTF8.GetBytes($"[{value}]"));
                var members = new[] { "name", "trigger", "actions", "schedule", "schedules", "filter", "flows", "state", "value", "base_job_template", "within", "resource" };
                foreach (var member in members) Check.Body(operation, Encoding.UTF8.GetBytes($$"""{"{{member}}":{{value}}}"""));
            }
        }
    }

    [Fact]
    public void Triggers_nested_without_types_are_read_once_each()
    {
        var body = new StringBuilder();
        for (var i = 0; i < 60; i++) body.Append("""{"within":1,"require":"all","triggers":[""");
        body.Append("{}");
        for (var i = 0; i < 60; i++) body.Append("]}");
        Assert.NotEmpty(Check.Body("POST", "/automations/", $$"""{"name":"a","actions":[],"trigger":{{body}}}"""));
    }
}
