namespace Reeve.Worker.Jobs;

/// <summary>What to run for one flow run, after the pool's template and all job variables are merged.</summary>
internal sealed record JobConfiguration
{
    /// <summary>The command line, split by the shell's rules of quoting; null runs the Prefect engine.</summary>
    public string? Command { get; init; }

    /// <summary>Where to run; null means a temporary directory.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Show the output on the worker's own console.</summary>
    public bool StreamOutput { get; init; } = true;

    /// <summary>Variables of the job; null removes one.</summary>
    public required IReadOnlyDictionary<string, string?> Environment { get; init; }

    /// <summary>
    /// True when the process itself reports states and logs, as Prefect's engine does. It is told by the command: none at all, or one that names the
    /// engine. For any other command the worker reports.
    /// </summary>
    public bool RunsEngine =>
        Command is null
        || Command.Contains("prefect.engine", StringComparison.Ordinal)
        || Command.Contains("prefect.flow_engine", StringComparison.Ordinal)
        || Command.Contains("prefect flow-run execute", StringComparison.Ordinal);
}
