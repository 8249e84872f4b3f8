namespace Reeve.Settings.Views;

/// <summary>Limits and times of events and triggers.</summary>
public sealed class EventsSettings(ResolvedSettings settings)
{
    /// <summary>Offer events on the websocket /api/events/out.</summary>
    public bool StreamOutEnabled { get; } = settings.Bool("server.events.stream_out_enabled");

    public TimeSpan RelatedResourceCacheTtl { get; } = settings.Duration("server.events.related_resource_cache_ttl");

    public int MaximumLabelsPerResource { get; } = settings.Int("server.events.maximum_labels_per_resource");

    public int MaximumRelatedResources { get; } = settings.Int("server.events.maximum_related_resources");

    /// <summary>Bytes of one event as JSON.</summary>
    public int MaximumSizeBytes { get; } = settings.Int("server.events.maximum_size_bytes");

    public TimeSpan ExpiredBucketBuffer { get; } = settings.Duration("server.events.expired_bucket_buffer");

    public TimeSpan ProactiveGranularity { get; } = settings.Duration("server.events.proactive_granularity");

    public TimeSpan RetentionPeriod { get; } = settings.Duration("server.events.retention_period");

    public TimeSpan MaximumWebsocketBackfill { get; } = settings.Duration("server.events.maximum_websocket_backfill");

    public int WebsocketBackfillPageSize { get; } = settings.Int("server.events.websocket_backfill_page_size");

    /// <summary>Characters of an event's name.</summary>
    public int MaximumEventNameLength { get; } = settings.Int("server.events.maximum_event_name_length");
}
