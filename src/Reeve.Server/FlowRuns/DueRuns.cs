using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.FlowRuns;

/// <summary>Works through the runs a service found due, one transition each, so that a run that cannot be moved holds up no other.</summary>
internal static class DueRuns
{
    /// <param name="due">The runs. Taken in random order: several replicas find the same and so share them instead of queueing behind each other.</param>
    /// <param name="move">Moves one run; false when there was nothing to do any more.</param>
    /// <param name="cancel">Ends it between two runs.</param>
    /// <returns>How many were moved.</returns>
    /// <exception cref="DatabaseException">Not one of several could be moved.</exception>
    public static async Task<int> MoveAsync(IReadOnlyList<Guid> due, Func<Guid, Task<bool>> move, CancellationToken cancel)
    {
        var order = due.ToArray();
        Random.Shared.Shuffle(order);
        var moved = 0;
        var failed = 0;
        foreach (var run in order)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                if (await move(run)) moved++;
            }
            catch (Exception error) when (error is DatabaseException or ApiException && ++failed < order.Length)
            {
                // The next pass finds it again. When none could be moved, the pass has failed.
            }
        }
        return moved;
    }
}
