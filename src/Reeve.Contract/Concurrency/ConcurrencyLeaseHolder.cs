namespace Reeve.Contract.Concurrency;

public sealed class ConcurrencyLeaseHolder
{
    public ConcurrencyLeaseHolderType Type { get; set; }

    public Guid Id { get; set; }
}
