namespace Reeve.Data;

/// <summary>The topics of <see cref="DbSignals"/>.</summary>
public static class DbTopics
{
    /// <summary>A deployment or schedule changed: the scheduler has something to do.</summary>
    public const string Deployments = "deployments";

    /// <summary>An automation changed.</summary>
    public const string Automations = "automations";

    /// <summary>Events wait in the outbox.</summary>
    public const string Outbox = "outbox";

    /// <summary>Flow runs became schedulable sooner than anybody knew (a new scheduled run, a cancelling run, a pause).</summary>
    public const string FlowRuns = "flow_runs";
}
