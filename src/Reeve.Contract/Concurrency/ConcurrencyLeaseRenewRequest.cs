namespace Reeve.Contract.Concurrency;

public sealed class ConcurrencyLeaseRenewRequest
{
    public double LeaseDuration { get; set; } = 300.0;
}
