using Reeve.Contract.Ui;
using Reeve.Data;

namespace Reeve.Server.Flows;

[Row(typeof(SimpleNextFlowRun))]
internal static partial class FlowNextRunRow;
