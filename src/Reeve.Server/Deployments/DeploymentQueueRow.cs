using Reeve.Contract.WorkPools;
using Reeve.Data;

namespace Reeve.Server.Deployments;

[Row(typeof(WorkQueue))]
internal static partial class DeploymentQueueRow;
