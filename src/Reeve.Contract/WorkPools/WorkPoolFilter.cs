namespace Reeve.Contract.WorkPools;

public sealed class WorkPoolFilter
{
    public Operator Operator { get; set; } = Operator.And;

    public WorkPoolFilterId? Id { get; set; }

    public WorkPoolFilterName? Name { get; set; }

    public WorkPoolFilterType? Type { get; set; }
}
