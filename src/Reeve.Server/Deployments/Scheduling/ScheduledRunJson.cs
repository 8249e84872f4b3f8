using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Json;
using Reeve.Core;
using Reeve.Core.JsonSchema;
using Reeve.Core.Orchestration;
using Reeve.Server.Http;
using Wire = Reeve.Contract.Deployments;

namespace Reeve.Server.Deployments.Scheduling;

/// <summary>Runs as the two JSON texts their insertion takes: what all runs of a schedule share, and what each has of its own.</summary>
internal static class ScheduledRunJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // State details with a hole where the instant goes.
    private static readonly string[] Details = JsonText.Of(new StateDetails { ScheduledTime = DateTimeOffset.UnixEpoch })
        .ToString().Split(WireInstant.Format(DateTimeOffset.UnixEpoch));

    public static RawJson Shared(IEnumerable<ScheduledRun> runs, bool sqlite) => Array(writer =>
    {
        foreach (var source in runs.Select(run => run.Source).DistinctBy(source => source.Id))
        {
            writer.WriteStartObject();
            writer.WriteString("schedule_id", source.Id);
            writer.WriteString("deployment_id", source.DeploymentId);
            writer.WriteString("schedule_updated", ScheduledInstant.Stored(source.Updated, sqlite));
            writer.WriteString("deployment_updated", ScheduledInstant.Stored(source.DeploymentUpdated, sqlite));
            Raw(writer, "parameters", Parameters(source));
            Raw(writer, "tags", Tags(source));
            Raw(writer, "labels", Labels(source));
            Raw(writer, "created_by", JsonText.Of(new CreatedBy { Id = source.Id, Type = "SCHEDULE", DisplayValue = DisplayName(source) }));
            writer.WriteEndObject();
        }
    });

    public static RawJson Own(IEnumerable<ScheduledRun> runs, DateTimeOffset now, bool sqlite) => Array(writer =>
    {
        foreach (var run in runs)
        {
            writer.WriteStartObject();
            writer.WriteString("id", Guid.CreateVersion7(now));
            writer.WriteString("state_id", Guid.CreateVersion7(now));
            writer.WriteString("schedule_id", run.Source.Id);
            writer.WriteString("key", run.Key);
            writer.WriteString("at", ScheduledInstant.Stored(run.At, sqlite));
            writer.WriteString("name", RunNames.Next());
            writer.WritePropertyName("details");
            writer.WriteRawValue(string.Join(WireInstant.FormatKeepingOffset(run.At), Details), skipInputValidation: true);
            writer.WriteEndObject();
        }
    });

    private static RawJson Parameters(ScheduleSource source) =>
        source.Parameters.Utf8.Length <= 2 ? source.DeploymentParameters : new(JsonTree.ToUtf8(ParameterCheck.Overlay(source.DeploymentParameters, source.Parameters)));

    private static RawJson Tags(ScheduleSource source)
    {
        var tags = JsonSerializer.Deserialize(source.Tags.Utf8.Span, ReeveJson.TypeInfo<List<string>>()) ?? [];
        return JsonText.Of<List<string>>(["auto-scheduled", .. tags]);
    }

    private static RawJson Labels(ScheduleSource source)
    {
        var labels = ParameterCheck.Map(source.Labels);
        labels["prefect.flow.id"] = source.FlowId.ToString();
        labels["prefect.deployment.id"] = source.DeploymentId.ToString();
        return new(JsonTree.ToUtf8(labels));
    }

    private static string DisplayName(ScheduleSource source)
    {
        if (source.Slug is { Length: > 0 } slug) return slug;
        return JsonSerializer.Deserialize(source.Schedule.Utf8.Span, ReeveJson.TypeInfo<Wire.Schedule>()) switch
        {
            Wire.CronSchedule => "CronSchedule",
            Wire.RRuleSchedule => "RRuleSchedule",
            _ => "IntervalSchedule",
        };
    }

    private static void Raw(Utf8JsonWriter writer, string name, RawJson value)
    {
        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }

    private static RawJson Array(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartArray();
            members(writer);
            writer.WriteEndArray();
        }
        return new RawJson(buffer.WrittenMemory);
    }
}
