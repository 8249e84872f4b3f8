using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Http;
using Reeve.Server.Orchestration;

namespace Reeve.Server.FlowRuns;

/// <summary>Ends task runs whose flow run was cancelled, as a forced transition: they give back the slots they hold.</summary>
internal sealed class TaskRunCancellation(Db db, FlowRunTransitions transitions)
{
    public const string ParentCancelled = "The parent flow run was cancelled.";

    private const int Attempts = 20;

    /// <returns>False when the run is gone or was over already.</returns>
    /// <exception cref="ApiException">503: the run changed under every attempt.</exception>
    public async Task<bool> CancelAsync(Guid id, CancellationToken cancel)
    {
        var withTimestamps = false;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var read = new SqlBatch();
            var loaded = new TaskRunLoader(db.Dialect).Add(read, $"r.id = {id}");
            var taken = withTimestamps ? TaskRunLoader.AddTimestamps(read, $"{id}") : null;
            await db.ReadAsync(read, cancel);
            if (loaded().FirstOrDefault() is not { Run.State: { } state } found || state.Type.IsTerminal()) return false;
            var context = transitions.Context(TransitionCaller.Server);
            var proposed = StateProposal.Create(StateType.Cancelled, context, message: ParentCancelled);
            var facts = found.Facts with { TakenTimestamps = taken?.Value ?? [] };
            var decision = TaskRunOrchestration.Decide(found.Run, proposed, TaskRunPolicyKind.Minimal, facts, context);
            var writes = new TransitionBatch(db.Dialect, transitions.Settings, context.Now);
            writes.Add(new RunWrite(RunTable.TaskRuns, id, state.Id, decision));
            writes.Write();
            try
            {
                await db.WriteAsync(writes.Batch, cancel);
                if (writes.Won) return true;
            }
            catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.UniqueViolation && !withTimestamps)
            {
                // Another state of the run has this very timestamp.
                withTimestamps = true;
            }
        }
        throw ApiException.Unavailable();
    }
}
