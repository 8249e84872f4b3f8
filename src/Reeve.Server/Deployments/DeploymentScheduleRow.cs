using Reeve.Contract.Deployments;
using Reeve.Data;

namespace Reeve.Server.Deployments;

[Row(typeof(DeploymentSchedule))]
internal static partial class DeploymentScheduleRow;
