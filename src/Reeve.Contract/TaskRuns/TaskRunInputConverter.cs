using Reeve.Contract.Json;

namespace Reeve.Contract.TaskRuns;

internal sealed class TaskRunInputConverter : UnionConverter<TaskRunInput>
{
    protected override string? Discriminator => "input_type";

    protected override Type? Choose(string? discriminator, IReadOnlySet<string> members) => discriminator switch
    {
        "task_run" => typeof(TaskRunResult),
        "flow_run" => typeof(FlowRunResult),
        "parameter" => typeof(Parameter),
        "constant" => typeof(Constant),
        null when members.Contains("id") => typeof(TaskRunResult),
        null when members.Contains("name") => typeof(Parameter),
        null when members.Contains("type") => typeof(Constant),
        _ => null,
    };
}
