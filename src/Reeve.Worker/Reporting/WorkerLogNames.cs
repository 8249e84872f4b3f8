namespace Reeve.Worker.Reporting;

/// <summary>The logger names that lines carry; pages show them beside the line.</summary>
internal static class WorkerLogNames
{
    /// <summary>What a run printed.</summary>
    public const string Run = "prefect.flow_runs";

    /// <summary>What the worker has to say about a run.</summary>
    public const string Worker = "prefect.flow_runs.worker";
}
