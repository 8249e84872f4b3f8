namespace Reeve.Server.Deployments.Runs;

/// <summary>A run cannot be made: how it is answered alone, and how in a list of many.</summary>
internal sealed class DeploymentRunRefusal(int status, string alone, string inBulk) : Exception(alone)
{
    public int Status { get; } = status;

    public string InBulk { get; } = inBulk;
}
