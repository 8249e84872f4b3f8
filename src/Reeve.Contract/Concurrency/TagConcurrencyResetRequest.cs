namespace Reeve.Contract.Concurrency;

public sealed class TagConcurrencyResetRequest
{
    public List<Guid>? SlotOverride { get; set; }
}
