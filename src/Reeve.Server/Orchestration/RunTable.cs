using Reeve.Data;

namespace Reeve.Server.Orchestration;

/// <summary>The tables of one kind of run.</summary>
/// <param name="Runs">The table of the runs.</param>
/// <param name="States">The table of their states.</param>
/// <param name="RunId">The column of a state that names its run.</param>
internal sealed record RunTable(SqlText Runs, SqlText States, SqlText RunId)
{
    public static readonly RunTable FlowRuns = new(new("flow_run"), new("flow_run_state"), new("flow_run_id"));

    public static readonly RunTable TaskRuns = new(new("task_run"), new("task_run_state"), new("task_run_id"));
}
