namespace Reeve.Contract.TaskRuns;

public sealed class TaskRunPaginationResponse
{
    public List<TaskRunResponse> Results { get; set; } = [];

    public int Count { get; set; }

    public int Limit { get; set; }

    public int Pages { get; set; }

    public int Page { get; set; }
}
