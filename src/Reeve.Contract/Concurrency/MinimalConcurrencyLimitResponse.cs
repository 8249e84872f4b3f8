namespace Reeve.Contract.Concurrency;

public sealed class MinimalConcurrencyLimitResponse
{
    public Guid Id { get; set; }

    public string Name { get; set; } = "";

    public int Limit { get; set; }
}
