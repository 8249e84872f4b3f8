using Reeve.Contract.WorkPools;
using Reeve.Data;

namespace Reeve.Server.WorkPools;

[Row(typeof(WorkPoolResponse), Except = ["ActiveSlots"])]
internal static partial class WorkPoolRow;
