using Reeve.Contract.Flows;
using Reeve.Data;

namespace Reeve.Server.Flows;

[Row(typeof(Flow))]
internal static partial class FlowRow;
