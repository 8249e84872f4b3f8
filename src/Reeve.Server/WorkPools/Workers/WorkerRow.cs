using Reeve.Contract.WorkPools;
using Reeve.Data;

namespace Reeve.Server.WorkPools.Workers;

[Row(typeof(WorkerResponse))]
internal static partial class WorkerRow;
