namespace Reeve.Contract.Flows;

public sealed class FlowUpdate
{
    public Optional<List<string>> Tags { get; set; }
}
