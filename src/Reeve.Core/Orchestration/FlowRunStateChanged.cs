using System.Globalization;
using System.Text.Json;

namespace Reeve.Core.Orchestration;

/// <summary>
/// The event that tells of a flow run's new state. The related resources are the caller's to add; they are the same for
/// every event of the run.
/// </summary>
public sealed record FlowRunStateChanged
{
    private static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(5);

    /// <summary>The new state's id.</summary>
    public required Guid Id { get; init; }

    /// <summary><c>prefect.flow-run.{state name}</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The new state's timestamp.</summary>
    public required DateTimeOffset Occurred { get; init; }

    /// <summary>The event of the state before, if that was less than five minutes away.</summary>
    public Guid? Follows { get; init; }

    public required Guid FlowRunId { get; init; }

    public required string FlowRunName { get; init; }

    /// <summary>The run's run count afterwards.</summary>
    public required int RunCount { get; init; }

    public StateSummary? InitialState { get; init; }

    public required StateSummary ValidatedState { get; init; }

    internal static FlowRunStateChanged Of(FlowTransition transition)
    {
        var validated = transition.Proposed!;
        var initial = transition.Initial;
        var isNear = initial is not null && (validated.Timestamp - initial.Timestamp).Duration() < LongestGap;
        return new FlowRunStateChanged
        {
            Id = validated.Id,
            Event = "prefect.flow-run." + validated.Name,
            Occurred = validated.Timestamp,
            Follows = isNear ? initial!.Id : null,
            FlowRunId = transition.Run.Id,
            FlowRunName = transition.Run.Name,
            RunCount = transition.Columns.RunCount,
            InitialState = initial is null ? null : StateSummary.Of(initial),
            ValidatedState = StateSummary.Of(validated),
        };
    }

    /// <summary>The labels of the event's resource, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Resource() =>
    [
        new("prefect.resource.id", $"prefect.flow-run.{FlowRunId}"),
        new("prefect.resource.name", FlowRunName),
        new("prefect.run-count", RunCount.ToString(CultureInfo.InvariantCulture)),
        new("prefect.state-message", ValidatedState.Message ?? ""),
        new("prefect.state-name", ValidatedState.Name),
        new("prefect.state-timestamp", IsoTimestamp(Occurred)),
        new("prefect.state-type", ValidatedState.Type.WireName()),
    ];

    /// <summary>Writes the event's payload, one JSON object.</summary>
    public void WritePayload(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("intended"u8);
        writer.WriteString("from"u8, InitialState?.Type.WireName());
        writer.WriteString("to"u8, ValidatedState.Type.WireName());
        writer.WriteEndObject();
        writer.WritePropertyName("initial_state"u8);
        WriteState(writer, InitialState);
        writer.WritePropertyName("validated_state"u8);
        WriteState(writer, ValidatedState);
        writer.WriteEndObject();
    }

    private static void WriteState(Utf8JsonWriter writer, StateSummary? state)
    {
        if (state is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("type"u8, state.Type.WireName());
        if (!string.IsNullOrEmpty(state.Name))
        {
            writer.WriteString("name"u8, state.Name);
        }

        if (!string.IsNullOrEmpty(state.Message))
        {
            writer.WriteString("message"u8, state.Message);
        }

        if (state.PauseReschedule is { } isSuspended)
        {
            // Text, because the values of an event's payload that automations compare are text.
            writer.WriteString("pause_reschedule"u8, isSuspended ? "true"u8 : "false"u8);
        }

        writer.WriteEndObject();
    }

    private static string IsoTimestamp(DateTimeOffset instant) => instant.ToUniversalTime().ToString(
        instant.UtcTicks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ss+00:00" : "yyyy-MM-ddTHH:mm:ss.ffffff+00:00",
        CultureInfo.InvariantCulture);
}
