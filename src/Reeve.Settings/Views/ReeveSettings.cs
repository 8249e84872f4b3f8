namespace Reeve.Settings.Views;

/// <summary>Reeve's own settings, PREFECT_REEVE_*.</summary>
public sealed class ReeveSettings(ResolvedSettings settings)
{
    /// <summary>Refuse unknown fields in requests instead of ignoring them.</summary>
    public bool StrictRequests { get; } = settings.Bool("reeve.strict_requests");

    /// <summary>Further port for health, readiness and metrics, or null.</summary>
    public int? HealthPort { get; } = settings.OptionalInt("reeve.health_port");

    /// <summary>Largest request body that is read, in bytes.</summary>
    public int MaxBodyBytes { get; } = settings.Int("reeve.max_body_bytes");
}
