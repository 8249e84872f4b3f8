namespace Reeve.Core.Orchestration;

/// <summary>Which ordered list of rules decides a flow run's transition.</summary>
public enum FlowRunPolicyKind
{
    /// <summary>All rules: what clients propose.</summary>
    Core,

    /// <summary>The few rules even a forced state obeys.</summary>
    Minimal,

    /// <summary>For the service that marks runs late.</summary>
    MarkLate,
}
