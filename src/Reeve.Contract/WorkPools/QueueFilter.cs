namespace Reeve.Contract.WorkPools;

public sealed class QueueFilter
{
    public List<string>? Tags { get; set; }

    public List<Guid>? DeploymentIds { get; set; }
}
