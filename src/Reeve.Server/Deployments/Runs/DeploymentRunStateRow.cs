using Reeve.Core.Orchestration;
using Reeve.Data;

namespace Reeve.Server.Deployments.Runs;

[Row(typeof(State))]
internal static partial class DeploymentRunStateRow;
