namespace Reeve.Contract.Concurrency;

public sealed class ConcurrencyLimitCreate
{
    public string Tag { get; set; } = "";

    public int ConcurrencyLimit { get; set; }
}
