namespace Reeve.Contract.Deployments;

public sealed class ConcurrencyOptions
{
    public ConcurrencyLimitStrategy CollisionStrategy { get; set; }

    public int? GracePeriodSeconds { get; set; }
}
