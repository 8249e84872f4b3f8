namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunFilterState
{
    public Operator Operator { get; set; } = Operator.And;

    public FlowRunFilterStateType? Type { get; set; }

    public FlowRunFilterStateName? Name { get; set; }
}
