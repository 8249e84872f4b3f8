namespace Reeve.Settings.Views;

/// <summary>The service that deletes what is old.</summary>
public sealed class VacuumSettings
{
    private const string Prefix = "server.services.db_vacuum.";

    public VacuumSettings(ResolvedSettings settings)
    {
        // A bool is the older spelling: no only ever meant that flow runs stay.
        var (events, flowRuns) = settings[Prefix + "enabled"].Value switch
        {
            null => (false, false),
            bool all => (true, all),
            IReadOnlyList<string> some => (some.Contains("events"), some.Contains("flow_runs")),
            _ => (true, false),
        };
        Events = events && settings.Bool("server.services.event_persister.enabled");
        FlowRuns = flowRuns;
        Loop = settings.Seconds(Prefix + "loop_seconds");
        RetentionPeriod = settings.Duration(Prefix + "retention_period");
        BatchSize = settings.Int(Prefix + "batch_size");
        EventRetentionOverrides = settings.Value<IReadOnlyDictionary<string, TimeSpan>>(Prefix + "event_retention_overrides");
    }

    /// <summary>Delete old events; only where events are stored by this installation.</summary>
    public bool Events { get; }

    /// <summary>Delete old flow runs, and logs and artifacts that lost theirs.</summary>
    public bool FlowRuns { get; }

    public TimeSpan Loop { get; }

    /// <summary>How long a finished flow run is kept.</summary>
    public TimeSpan RetentionPeriod { get; }

    /// <summary>Rows deleted in one transaction.</summary>
    public int BatchSize { get; }

    /// <summary>Retention by event name; the general retention of events is an upper limit.</summary>
    public IReadOnlyDictionary<string, TimeSpan> EventRetentionOverrides { get; }
}
