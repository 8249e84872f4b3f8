using Reeve.Contract.WorkPools;
using Reeve.Server.WorkPools.Queues;

namespace Reeve.Server.WorkPools.Polling;

/// <summary>What a worker's question found.</summary>
/// <param name="Runs">The runs it may take.</param>
/// <param name="Queues">The queues it asked about.</param>
/// <param name="Deployments">Their deployments of which it has not been noted for a while that somebody looks after them.</param>
internal sealed record WorkPoll(List<WorkerFlowRunResponse> Runs, List<WorkQueueRecord> Queues, List<PolledDeployment> Deployments);
