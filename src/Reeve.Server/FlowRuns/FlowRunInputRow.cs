using Reeve.Contract.FlowRuns;
using Reeve.Data;

namespace Reeve.Server.FlowRuns;

[Row(typeof(FlowRunInput))]
internal static partial class FlowRunInputRow;
