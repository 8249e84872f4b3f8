namespace Reeve.Contract.FlowRuns;

public sealed class Edge
{
    public Guid Id { get; set; }
}
