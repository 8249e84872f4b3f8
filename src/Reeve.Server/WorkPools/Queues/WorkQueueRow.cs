using Reeve.Contract.WorkPools;
using Reeve.Data;

namespace Reeve.Server.WorkPools.Queues;

[Row(typeof(WorkQueueResponse), Except = ["WorkPoolName", "ActiveSlots"])]
internal static partial class WorkQueueRow;
