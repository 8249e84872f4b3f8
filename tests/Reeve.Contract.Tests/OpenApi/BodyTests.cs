using System.Text;

namespace Reeve.Contract.Tests.OpenApi;

public sealed class BodyTests
{
    private const string Id = "3f2b0b9e-6e0c-4e0e-9c6f-0d7f2a8f5a11";

    [Theory]
    [InlineData("POST", "/flows/", """{}""", "missing body.name")]
    [InlineData("POST", "/flows/", """{"name":"a/b"}""", "string_pattern_mismatch body.name")]
    [InlineData("POST", "/flows/", """{"name":""}""", "string_pattern_mismatch body.name")]
    [InlineData("POST", "/flows/", """{"name":1}""", "string_type body.name")]
    [InlineData("POST", "/flows/", """{"name":"a","x":1}""", "extra_forbidden body.x")]
    [InlineData("POST", "/flows/", """[]""", "model_attributes_type body")]
    [InlineData("POST", "/flows/", "", "missing body.name")]
    [InlineData("POST", "/flows/", "null", "missing body.name")]
    [InlineData("POST", "/flows/", """{"name":"a"} x""", "json_invalid body")]
    [InlineData("POST", "/flows/", """{"name":"a" """, "json_invalid body")]
    [InlineData("POST", "/flows/", """{"name":"\ud800"}""", "json_invalid body")]
    [InlineData("POST", "/flows/filter", """{"limit":"x"}""", "int_type body.limit")]
    [InlineData("POST", "/flows/filter", """{"offset":-1}""", "greater_than_equal body.offset")]
    [InlineData("POST", "/flows/filter", """{"sort":"UP"}""", "enum body.sort")]
    [InlineData("POST", "/flows/filter", """{"flows":{"id":{"any_":["x"]}}}""", "uuid_parsing body.flows.id.any_.0")]
    [InlineData("POST", "/flows/filter", """{"flows":{"nope":{}}}""", "extra_forbidden body.flows.nope")]
    [InlineData("POST", "/logs/", """[{"name":"a","level":1,"message":"m","timestamp":"soon"}]""", "datetime_from_date_parsing body.0.timestamp")]
    [InlineData("POST", "/events", """[{"occurred":"2026-01-01","event":"e","id":"3f2b0b9e-6e0c-4e0e-9c6f-0d7f2a8f5a11","resource":{}}]""", "value_error body.0.resource")]
    [InlineData("POST", "/artifacts/", """{"key":"Upper"}""", "value_error body.key")]
    [InlineData("POST", "/block_documents/", """{"block_schema_id":"3f2b0b9e-6e0c-4e0e-9c6f-0d7f2a8f5a11","block_type_id":"3f2b0b9e-6e0c-4e0e-9c6f-0d7f2a8f5a11"}""", "value_error body")]
    [InlineData("POST", "/deployments/{id}/schedules", """[{"schedule":{"cron":"never"}}]""", "value_error body.0.schedule.cron")]
    [InlineData("POST", "/deployments/{id}/schedules", """[{"schedule":{"interval":0}}]""", "value_error body.0.schedule.interval")]
    [InlineData("POST", "/deployments/{id}/schedules", """[{"schedule":{"interval":"86400"}}]""", "time_delta_parsing body.0.schedule.interval")]
    [InlineData("POST", "/automations/", """{"name":"a","actions":[{"type":"nope"}],"trigger":{"posture":"Reactive"}}""", "union_tag_invalid body.actions.0.type")]
    [InlineData("POST", "/automations/", """{"name":"a","actions":[{"type":"pause-deployment"}],"trigger":{"posture":"Reactive"}}""", "value_error body.actions.0")]
    [InlineData("POST", "/automations/", """{"name":"a","actions":[],"trigger":{"posture":"Proactive","within":5}}""", "value_error body.trigger.within")]
    [InlineData("POST", "/automations/", """{"name":"a","actions":[],"trigger":{"require":2,"within":1,"triggers":[{"posture":"Reactive"}]}}""", "value_error body.trigger.require")]
    public void A_wrong_body_is_refused_where_it_is_wrong(string method, string path, string body, string fault) =>
        Assert.Contains(fault, Check.Body(method, path, body));

    [Theory]
    [InlineData("POST", "/flows/filter", "")]
    [InlineData("POST", "/flows/filter", """{"limit":"5","nope":1}""")]
    [InlineData("POST", "/flow_runs/", """{"flow_id":"3F2B0B9E6E0C4E0E9C6F0D7F2A8F5A11","name":null,"state":{"type":"PENDING","state_details":{"nope":1}}}""")]
    [InlineData("POST", "/deployments/{id}/schedules", """[{"schedule":{"interval":"PT1H","timezone":"UTC"}}]""")]
    [InlineData("POST", "/variables/", """{"name":"a_b-1","value":null}""")]
    [InlineData("POST", "/work_pools/", """{"name":"p","base_job_template":{}}""")]
    [InlineData("POST", "/automations/", """{"name":"a","actions":[{"type":"do-nothing","more":1}],"trigger":{"posture":"Proactive","within":0}}""")]
    [InlineData("POST", "/templates/validate", "")]
    public void A_right_body_is_taken(string method, string path, string body) => Assert.Empty(Check.Body(method, path, body));

    [Theory]
    [InlineData("POST", "/flow_runs/filter", """{"flows":null,"sort":null,"limit":null,"offset":0}""", """{"offset":0}""")]
    [InlineData("POST", "/flows/filter", """ {"sort" : null , "flows": {"id": {"any_": null}} } """, """{"flows": {"id": {"any_": null}}} """)]
    [InlineData("POST", "/flows/filter", """{"limit":null}""", "{}")]
    [InlineData("POST", "/flows/filter", """{"offset":3}""", """{"offset":3}""")]
    [InlineData("POST", "/flows/filter", """{"limit":null} x""", "{} x")]
    [InlineData("POST", "/flows/filter", """{"limit":null""", """{"limit":null""")]
    [InlineData("POST", "/flows/", """{"name":"a","labels":null}""", """{"name":"a","labels":null}""")]
    public void A_parameter_that_is_null_was_not_given_but_a_field_that_is_null_is_null(string method, string path, string body, string meant) =>
        Assert.Equal(meant, Encoding.UTF8.GetString(Check.Operation(method, path).Meant(Encoding.UTF8.GetBytes(body)).Span));

    [Fact]
    public void An_unknown_key_is_counted_and_not_refused_unless_strict()
    {
        var operation = Check.Operation("POST", "/flows/");
        Assert.Null(operation.CheckBody("""{"name":"a","new":{"b":1},"newer":2}"""u8.ToArray(), strict: false, out var unknown));
        Assert.Equal(2, unknown);
    }

    [Fact]
    public void Bytes_that_are_no_text_and_bodies_too_deep_are_refused()
    {
        var operation = Check.Operation("POST", "/flows/");
        Assert.Equal(["json_invalid body"], Check.Body(operation, [.. "{\"name\":\""u8, 0xff, .. "\"}"u8]));
        Assert.Equal(["json_invalid body"], Check.Body(operation, Encoding.UTF8.GetBytes(new string('[', 10_000))));
    }

    [Fact]
    public void A_right_body_is_checked_without_making_anything()
    {
        var operation = Check.Operation("POST", "/flow_runs/");
        var body = Encoding.UTF8.GetBytes($$$"""{"flow_id":"{{{Id}}}","name":"a","parameters":{"x":[1,2]},"tags":["a","b"],"state":{"type":"SCHEDULED","state_details":{"scheduled_time":"2026-01-01T00:00:00.5Z"}},"labels":{"a":1,"b":"c"},"empirical_policy":{"retries":3}}""");
        Assert.Null(operation.CheckBody(body, strict: true, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        operation.CheckBody(body, strict: true, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
