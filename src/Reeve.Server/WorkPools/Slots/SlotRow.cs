using Reeve.Contract.FlowRuns;
using Reeve.Data;

namespace Reeve.Server.WorkPools.Slots;

/// <summary>Reads a flow run that holds a slot.</summary>
[Row(typeof(FlowRunSlotSummary), Except = ["TimeInCurrentState"])]
internal static partial class SlotRow
{
    public static FlowRunSlotSummary ReadAt(DbRow row, DateTimeOffset now, int at = 0)
    {
        var run = Read(row, at);
        run.TimeInCurrentState = now - run.StateTimestamp;
        return run;
    }
}
