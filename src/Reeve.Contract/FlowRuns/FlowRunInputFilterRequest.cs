namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunInputFilterRequest
{
    public string Prefix { get; set; } = "";

    public int Limit { get; set; } = 1;

    public List<string> ExcludeKeys { get; set; } = [];
}
