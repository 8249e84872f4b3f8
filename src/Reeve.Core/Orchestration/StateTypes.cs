namespace Reeve.Core.Orchestration;

/// <summary>Facts about <see cref="StateType"/> values.</summary>
public static class StateTypes
{
    private static readonly string[] Names =
        ["Scheduled", "Pending", "Running", "Completed", "Failed", "Cancelled", "Crashed", "Paused", "Cancelling"];

    private static readonly string[] WireNames =
        ["SCHEDULED", "PENDING", "RUNNING", "COMPLETED", "FAILED", "CANCELLED", "CRASHED", "PAUSED", "CANCELLING"];

    /// <summary>Completed, failed, cancelled and crashed are terminal.</summary>
    public static bool IsTerminal(this StateType type) =>
        type is StateType.Completed or StateType.Failed or StateType.Cancelled or StateType.Crashed;

    /// <summary>The state name given when none is chosen: <c>Scheduled</c>, <c>Pending</c>, …</summary>
    public static string DefaultName(this StateType type) => Names[(int)type];

    /// <summary>The text stored and sent: <c>SCHEDULED</c>, <c>PENDING</c>, …</summary>
    public static string WireName(this StateType type) => WireNames[(int)type];
}
