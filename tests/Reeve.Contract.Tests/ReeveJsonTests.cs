using System.Text.Json;
using Reeve.Contract.Automations;
using Reeve.Contract.Deployments;
using Reeve.Contract.Events;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.States;
using Reeve.Contract.TaskRuns;
using Reeve.Contract.Ui;
using Reeve.Core;
using Reeve.Core.Orchestration;

namespace Reeve.Contract.Tests;

public sealed class ReeveJsonTests
{
    private static T Read<T>(string json) => JsonSerializer.Deserialize(json, ReeveJson.TypeInfo<T>())!;

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, ReeveJson.TypeInfo<T>());

    [Fact]
    public void Absent_null_and_given_members_of_an_update_are_told_apart_and_written_as_they_came()
    {
        var update = Read<DeploymentUpdate>("""{"concurrency_limit":null,"paused":"yes","parameters":{"a": 1}}""");

        Assert.Equal(new Optional<int?>(null), update.ConcurrencyLimit);
        Assert.Equal(true, update.Paused);
        Assert.False(update.Tags.HasValue);
        Assert.Equal("""{"paused":true,"concurrency_limit":null,"parameters":{"a": 1}}""", Write(update));
    }

    [Fact]
    public void Null_for_an_optional_member_that_may_not_be_null_is_refused()
        => Assert.Throws<JsonException>(() => Read<DeploymentUpdate>("""{"paused":null}"""));

    [Fact]
    public void Null_for_a_list_that_may_not_be_null_is_refused()
        => Assert.Throws<JsonException>(() => Read<FlowRunCreate>("""{"flow_id":"3f2b0b9e6e0c4e0e9c6f0d7f2a8f5a11","tags":null}"""));

    [Theory]
    [InlineData("""{"interval":3600.0,"anchor_date":"2026-11-23T10:00:00+02:00","timezone":"Europe/Berlin"}""", typeof(IntervalSchedule))]
    [InlineData("""{"interval":3600.0,"anchor_date":"2026-11-23T10:00:00.000001Z","timezone":null}""", typeof(IntervalSchedule))]
    [InlineData("""{"cron":"0 * * * *","timezone":null,"day_or":true}""", typeof(CronSchedule))]
    [InlineData("""{"rrule":"FREQ=DAILY","timezone":"UTC"}""", typeof(RRuleSchedule))]
    public void Schedules_are_told_apart_by_shape(string json, Type expected)
    {
        var schedule = Read<Schedule>(json);

        Assert.IsType(expected, schedule);
        Assert.Equal(json, Write(schedule));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("5")]
    public void A_schedule_without_a_shape_is_refused(string json) => Assert.Throws<JsonException>(() => Read<Schedule>(json));

    [Fact]
    public void Nested_triggers_come_back_as_they_were()
    {
        const string json = """{"type":"compound","id":null,"triggers":[{"type":"event","id":null,"match":{"a":"x","b":["y","z"]},"match_related":[{"c":"d"}],"after":[],"expect":["e"],"for_each":[],"posture":"Proactive","threshold":1,"within":10.0},{"type":"sequence","id":null,"triggers":[],"within":null}],"within":60.0,"require":"all"}""";

        var trigger = Assert.IsType<CompoundTrigger>(Read<Trigger>(json));

        Assert.Equal(2, trigger.Require.Of(2));
        Assert.Equal(json, Write<Trigger>(trigger));
    }

    [Theory]
    [InlineData("""{"posture":"Reactive"}""", typeof(EventTrigger))]
    [InlineData("""{"triggers":[],"within":1,"require":2}""", typeof(CompoundTrigger))]
    [InlineData("""{"triggers":[],"within":1}""", typeof(SequenceTrigger))]
    public void A_trigger_without_a_type_is_told_by_its_shape(string json, Type expected) => Assert.IsType(expected, Read<Trigger>(json));

    [Theory]
    [InlineData("""{"type":"moonrise"}""")]
    [InlineData("""{"type":5}""")]
    [InlineData("""{}""")]
    public void An_unknown_trigger_is_refused(string json) => Assert.Throws<JsonException>(() => Read<Trigger>(json));

    [Fact]
    public void Actions_carry_their_type_first()
    {
        var action = Read<AutomationAction>("""{"state":"FAILED","type":"change-flow-run-state"}""");

        Assert.Equal("""{"type":"change-flow-run-state","name":null,"state":"FAILED","message":null,"force":false}""", Write(action));
    }

    [Fact]
    public void Every_action_has_the_type_it_says()
    {
        var kinds = typeof(AutomationAction).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(AutomationAction))).ToList();

        Assert.Equal(17, kinds.Count);
        Assert.All(kinds, kind =>
        {
            var action = (AutomationAction)SchemaTypes.Info(kind).CreateObject!();
            Assert.IsType(kind, Read<AutomationAction>($$"""{"type":"{{action.Type}}"}"""));
        });
    }

    [Fact]
    public void State_details_keep_the_offset_of_their_times_and_other_times_do_not()
    {
        var state = Read<State>("""{"id":"3f2b0b9e6e0c4e0e9c6f0d7f2a8f5a11","type":"SCHEDULED","name":"Late","timestamp":"2026-10-31T01:30:00-04:00","state_details":{"scheduled_time":"2026-10-31T01:30:00-04:00"}}""");

        var json = Write(state);

        Assert.Contains("\"timestamp\":\"2026-10-31T05:30:00Z\"", json, StringComparison.Ordinal);
        Assert.Contains("\"scheduled_time\":\"2026-10-31T01:30:00-04:00\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_node_is_a_list_of_its_id_and_itself()
    {
        const string json = """["3f2b0b9e-6e0c-4e0e-9c6f-0d7f2a8f5a11",{"kind":"flow-run","id":"3f2b0b9e-6e0c-4e0e-9c6f-0d7f2a8f5a11","label":"a","state_type":"RUNNING","start_time":"2026-11-23T10:00:00Z","end_time":null,"parents":[],"children":[],"encapsulating":[],"artifacts":[]}]""";

        Assert.Equal(json, Write(Read<GraphNode>(json)));
    }

    [Theory]
    [InlineData("""{"type":"accept_details"}""")]
    [InlineData("""{"type":"wait_details","delay_seconds":30,"reason":"busy"}""")]
    [InlineData("""{"type":"reject_details","reason":null}""")]
    [InlineData("""{"type":"abort_details","reason":"no"}""")]
    public void Details_of_an_answer_come_back_as_they_were(string json) => Assert.Equal(json, Write(Read<SetStateDetails>(json)));

    [Theory]
    [InlineData("""{"input_type":"task_run","id":"3f2b0b9e-6e0c-4e0e-9c6f-0d7f2a8f5a11"}""")]
    [InlineData("""{"input_type":"parameter","name":"x"}""")]
    [InlineData("""{"input_type":"constant","type":"int"}""")]
    public void Task_inputs_come_back_as_they_were(string json) => Assert.Equal(json, Write(Read<TaskRunInput>(json)));

    [Fact]
    public void Schema_errors_nest()
    {
        const string json = """{"errors":["bad",{"property":"a","errors":[{"index":1,"errors":["worse"]}]}],"valid":false}""";

        Assert.Equal(json, Write(Read<SchemaValuesValidationResponse>(json)));
    }

    [Fact]
    public void Related_filters_may_be_one_or_many()
    {
        Assert.False(Read<EventFilter>("""{"related":{"id":["a"]}}""").Related!.IsList);
        Assert.Equal(2, Read<EventFilter>("""{"related":[{"id":["a"]},{"role":["b"]}]}""").Related!.Count);
        Assert.Throws<JsonException>(() => Read<EventFilter>("""{"related":[null]}"""));
    }

    [Fact]
    public void A_version_keeps_what_else_the_client_said()
    {
        const string json = """{"type":"git","version":"1","branch":"main"}""";

        Assert.Equal(json, Write(Read<VersionInfo>(json)));
    }

    [Fact]
    public void Free_JSON_passes_through_byte_for_byte()
    {
        const string json = """{"a": 1.50, "b":  [null,"\u00e9"]}""";

        Assert.Equal(json, Read<RawJson>(json).ToString());
        Assert.Equal(json, Write(RawJson.Parse(json)));
        Assert.True(Read<RawJson>("null").IsNull);
        Assert.Equal(RawJson.None, RawJson.Parse("null"));
        Assert.ThrowsAny<JsonException>(() => RawJson.Parse("{} {}"));
        Assert.ThrowsAny<JsonException>(() => RawJson.Parse("{"));
        Assert.ThrowsAny<JsonException>(() => RawJson.Parse(""));
    }

    [Fact]
    public void Unknown_members_are_skipped()
        => Assert.Equal("a", Read<Flows.FlowCreate>("""{"name":"a","colour":"blue"}""").Name);
}
