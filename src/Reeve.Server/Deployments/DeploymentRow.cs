using Reeve.Contract.Deployments;
using Reeve.Data;

namespace Reeve.Server.Deployments;

[Row(typeof(DeploymentResponse),
    Except = ["Schedules", "ConcurrencyLimit", "GlobalConcurrencyLimit", "WorkPoolName"],
    Rename = ["JobVariables=infra_overrides"])]
internal static partial class DeploymentRow;
