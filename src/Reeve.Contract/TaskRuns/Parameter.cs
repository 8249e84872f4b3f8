namespace Reeve.Contract.TaskRuns;

public sealed class Parameter : TaskRunInput
{
    public override string InputType => "parameter";

    public string Name { get; set; } = "";
}
