namespace Reeve.Server.Deployments;

/// <summary>Words that several checks of parameters share.</summary>
internal static class DeploymentRunDraft
{
    public const string NoSchema =
        "Error updating deployment: Cannot update parameters because parameter schema enforcement is enabled and the deployment does not have a valid parameter schema.";
}
