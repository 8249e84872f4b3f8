namespace Reeve.Contract.Concurrency;

public sealed class TagConcurrencyIncrementRequest
{
    public List<string> Names { get; set; } = [];

    public Guid TaskRunId { get; set; }
}
