using Reeve.Contract.Events;
using Reeve.Data;
using Reeve.Settings.Views;

namespace Reeve.Server.Events;

/// <summary>Writes a line to the log for each event, where the setting asks for it.</summary>
internal sealed partial class EventLogger(ServerSettings settings, ILogger<EventLogger> log) : IEventConsumer
{
    public string Name => "EventLogger";

    public bool IsEnabled { get; } = settings.Services.EventLoggerEnabled;

    public Task PrepareAsync(SqlBatch batch, IReadOnlyList<ReceivedEvent> events, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var told in events) LogEvent(log, told.Occurred, told.Event, told.Resource.ResourceId(), told.Id);
        return Task.CompletedTask;
    }

    [LoggerMessage(3020, LogLevel.Information, "{Occurred:o} {Event} {Resource} id: {Id}")]
    private static partial void LogEvent(ILogger log, DateTimeOffset occurred, string @event, string resource, Guid id);
}
