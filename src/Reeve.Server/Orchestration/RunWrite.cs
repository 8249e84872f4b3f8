using Reeve.Core.Orchestration;
using Reeve.Data;

namespace Reeve.Server.Orchestration;

/// <summary>One run's part of a transition: the state it was decided from and what was decided.</summary>
/// <param name="Table">The run's tables.</param>
/// <param name="Id">The run.</param>
/// <param name="Expected">The state that must still be current; null for a run without one.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Also">More columns to set on the run, starting with a comma; null for none.</param>
internal sealed record RunWrite(RunTable Table, Guid Id, Guid? Expected, Decision Decision, Sql? Also = null)
{
    /// <summary>Whether the run is still in the state the decision was made from.</summary>
    public Sql Unchanged() => $"exists (select 1 from {Table.Runs} where id = {Id} and state_id is not distinct from {Expected})";
}
