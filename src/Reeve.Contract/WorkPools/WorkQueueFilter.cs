namespace Reeve.Contract.WorkPools;

public sealed class WorkQueueFilter
{
    public Operator Operator { get; set; } = Operator.And;

    public WorkQueueFilterId? Id { get; set; }

    public WorkQueueFilterName? Name { get; set; }
}
