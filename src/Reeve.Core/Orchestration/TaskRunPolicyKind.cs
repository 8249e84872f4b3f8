namespace Reeve.Core.Orchestration;

/// <summary>Which ordered list of rules decides a task run's transition.</summary>
public enum TaskRunPolicyKind
{
    /// <summary>All rules: what clients propose.</summary>
    Core,

    /// <summary>A forced state.</summary>
    Minimal,

    /// <summary>A background task, handed to task workers through a queue.</summary>
    Background,

    /// <summary>For clients that decide most themselves.</summary>
    ClientSide,
}
