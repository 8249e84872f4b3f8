namespace Reeve.Contract.Concurrency;

public sealed class TagConcurrencyDecrementRequest
{
    public List<string> Names { get; set; } = [];

    public Guid TaskRunId { get; set; }
}
