using Reeve.Contract;
using Reeve.Contract.Deployments;
using Reeve.Core;
using Reeve.Core.JsonSchema;

namespace Reeve.Server.Deployments.Runs;

/// <summary>A run of a deployment that is about to be: what was asked for, over what the deployment says.</summary>
internal sealed record DeploymentRunDraft(DeploymentRecord Deployment, DeploymentFlowRunCreate Asked, JsonMap Parameters, CreatedBy? CreatedBy)
{
    public const string NoSchema =
        "Error updating deployment: Cannot update parameters because parameter schema enforcement is enabled and the deployment does not have a valid parameter schema.";

    public List<string> Tags => [.. Deployment.Wire.Tags.Concat(Asked.Tags).Distinct(StringComparer.Ordinal)];

    public RawJson Labels
    {
        get
        {
            var labels = ParameterCheck.Map(Deployment.Wire.Labels);
            labels["prefect.flow.id"] = Deployment.Wire.FlowId.ToString();
            labels["prefect.deployment.id"] = Deployment.Id.ToString();
            foreach (var (name, value) in ParameterCheck.Map(Asked.Labels)) labels[name] = value;
            return new RawJson(JsonTree.ToUtf8(labels));
        }
    }
}
