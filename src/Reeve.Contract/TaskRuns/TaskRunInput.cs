using System.Text.Json.Serialization;

namespace Reeve.Contract.TaskRuns;

/// <summary>What a task run was given: the result of a task run or flow run, a flow parameter, or a constant.</summary>
[JsonConverter(typeof(TaskRunInputConverter))]
public abstract class TaskRunInput
{
    private protected TaskRunInput()
    {
    }

    public abstract string InputType { get; }
}
