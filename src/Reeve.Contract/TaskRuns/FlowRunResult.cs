namespace Reeve.Contract.TaskRuns;

public sealed class FlowRunResult : TaskRunInput
{
    public override string InputType => "flow_run";

    public Guid Id { get; set; }
}
