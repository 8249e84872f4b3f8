namespace Reeve.Contract.TaskRuns;

public sealed class Constant : TaskRunInput
{
    public override string InputType => "constant";

    public string Type { get; set; } = "";
}
