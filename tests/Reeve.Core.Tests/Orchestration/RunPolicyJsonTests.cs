using System.Text.Json;
using System.Text.Json.Serialization;
using Reeve.Core.Orchestration;

namespace Reeve.Core.Tests.Orchestration;

public partial class RunPolicyJsonTests
{
    [Fact]
    public void A_policy_without_keys_has_all_defaults()
    {
        var policy = JsonSerializer.Deserialize("{}", Wire.Default.FlowRunPolicy)!;

        Assert.Equal((0, 0.0, null, null), (policy.MaxRetries, policy.RetryDelaySeconds, policy.Retries, policy.RetryDelay));
        Assert.Equal((false, null), (policy.Resuming, policy.RetryType));
        Assert.Empty(policy.PauseKeys!);
        Assert.Equal(
            """{"max_retries":0,"retry_delay_seconds":0,"retries":null,"retry_delay":null,"pause_keys":[],"resuming":false,"retry_type":null}""",
            JsonSerializer.Serialize(policy, Wire.Default.FlowRunPolicy));
    }

    [Theory]
    [InlineData("""{"max_retries":2,"retry_delay_seconds":3}""", 2, 3)]
    [InlineData("""{"max_retries":2,"retries":0,"retry_delay":0,"retry_delay_seconds":3}""", 2, 3)]
    [InlineData("""{"max_retries":2,"retries":1,"retry_delay":7,"retry_delay_seconds":3}""", 1, 7)]
    public void Older_fields_fill_in_for_newer_ones(string json, int retries, int delay)
    {
        var flow = JsonSerializer.Deserialize(json, Wire.Default.FlowRunPolicy)!;
        Assert.Equal((retries, delay), (flow.Retries, flow.RetryDelay));
        var task = JsonSerializer.Deserialize(json, Wire.Default.TaskRunPolicy)!;
        Assert.Equal((retries, (double)delay), (task.Retries, task.RetryDelay!.After(1)));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1.0")]
    [InlineData("1.5")]
    [InlineData("[1,2]")]
    [InlineData("[1.0,2.5]")]
    [InlineData("[]")]
    [InlineData("null")]
    public void A_retry_delay_comes_back_as_it_was_given(string delay)
    {
        var policy = JsonSerializer.Deserialize($$"""{"retry_delay":{{delay}}}""", Wire.Default.TaskRunPolicy)!;

        Assert.Contains($"\"retry_delay\":{delay},", JsonSerializer.Serialize(policy, Wire.Default.TaskRunPolicy));
    }

    [Fact]
    public void State_details_have_every_key_in_order_and_keep_offsets()
    {
        var details = JsonSerializer.Deserialize("""{"scheduled_time":"2026-10-31T01:30:00-04:00","other":1}""", Wire.Default.StateDetails)!;
        var json = JsonSerializer.Serialize(details, Wire.Default.StateDetails);

        Assert.StartsWith("""{"flow_run_id":null,"task_run_id":null,"child_flow_run_id":null,"scheduled_time":"2026-10-31T01:30:00-04:00",""", json);
        Assert.Contains("""
            "cache_key":null,"cache_expiration":null,"deferred":false,"untrackable_result":false,"pause_timeout":null,"pause_reschedule":false,"pause_key":null,"run_input_keyset":null,
            """.Trim(), json);
        Assert.EndsWith(
            ""","refresh_cache":null,"retriable":null,"transition_id":null,"task_parameters_id":null,"traceparent":null,"deployment_concurrency_lease_id":null}""",
            json);
    }

    [Fact]
    public void A_states_data_passes_through_unchanged()
    {
        var json = """{"id":"0198c1a4-0000-7000-8000-000000000000","type":"COMPLETED","name":"Done","timestamp":"2026-11-23T12:00:00+00:00","message":null,"data":{"b": 1.50, "a":"ü"},"state_details":{}}""";
        var state = JsonSerializer.Deserialize(json, Wire.Default.State)!;

        Assert.Equal("""{"b": 1.50, "a":"ü"}""", state.Data!.Value.ToString());
        Assert.Contains("\"data\":{\"b\": 1.50, \"a\":\"ü\"},\"state_details\":{\"flow_run_id\"", JsonSerializer.Serialize(state, Wire.Default.State));
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(State))]
    [JsonSerializable(typeof(StateDetails))]
    [JsonSerializable(typeof(FlowRunPolicy))]
    [JsonSerializable(typeof(TaskRunPolicy))]
    internal sealed partial class Wire : JsonSerializerContext;
}
