using Reeve.Contract.Concurrency;
using Reeve.Data;

namespace Reeve.Server.Deployments;

[Row(typeof(GlobalConcurrencyLimitResponse))]
internal static partial class DeploymentLimitRow;
