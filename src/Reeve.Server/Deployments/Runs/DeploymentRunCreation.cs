using Reeve.Contract;
using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;
using Reeve.Core.JsonSchema;
using Reeve.Server.Http;

namespace Reeve.Server.Deployments.Runs;

/// <summary>Runs a deployment: checks what was asked for against it and makes the run.</summary>
internal sealed class DeploymentRunCreation(DeploymentRunStore runs, ParameterHydration hydration, JobVariableCheck jobVariables)
{
    /// <exception cref="DeploymentRunRefusal">The request does not fit the deployment.</exception>
    public async Task<(FlowRunResponse Run, bool Created)> CreateAsync(
        DeploymentRecord deployment, DeploymentFlowRunCreate asked, CreatedBy? createdBy, DateTimeOffset now, CancellationToken cancel)
    {
        var parameters = await ParametersAsync(deployment, asked, cancel);
        CheckParameters(deployment, asked, parameters);
        await CheckJobVariablesAsync(deployment, asked, cancel);
        if (asked.WorkQueueName is { Length: > 0 } queue && deployment.WorkPoolId is null)
        {
            throw new DeploymentRunRefusal(400,
                $"Cannot create flow run in work queue {queue} because deployment {deployment.Id} is not associated with a work pool. Please remove work_pool_name and try again.",
                $"Cannot create flow run in work queue {queue} because deployment is not associated with a work pool.");
        }
        return await runs.CreateAsync(new DeploymentRunDraft(deployment, asked, parameters, createdBy), now, cancel);
    }

    private async Task<JsonMap> ParametersAsync(DeploymentRecord deployment, DeploymentFlowRunCreate asked, CancellationToken cancel)
    {
        try
        {
            return await hydration.HydrateAsync(ParameterCheck.Overlay(deployment.Wire.Parameters, asked.Parameters), cancel);
        }
        catch (HydrationException error)
        {
            throw new DeploymentRunRefusal(400, $"Error hydrating flow run parameters: {error.Message}", error.Message);
        }
    }

    private static void CheckParameters(DeploymentRecord deployment, DeploymentFlowRunCreate asked, JsonMap parameters)
    {
        if (!(asked.EnforceParameterSchema ?? deployment.Wire.EnforceParameterSchema)) return;
        if (!ParameterCheck.IsSchema(deployment.Wire.ParameterOpenapiSchema))
            throw new DeploymentRunRefusal(409, DeploymentRunDraft.NoSchema, "Parameter schema enforcement is enabled but deployment has no valid schema.");
        try
        {
            var problem = ParameterCheck.Problem(ParameterCheck.Map(deployment.Wire.ParameterOpenapiSchema), parameters, new SchemaOptions());
            if (problem is not null) throw new DeploymentRunRefusal(409, $"Error creating flow run: {problem}", $"Parameter validation failed: {problem}");
        }
        catch (SchemaException error)
        {
            throw new DeploymentRunRefusal(422, error.Message, "Invalid schema: circular references detected.");
        }
    }

    private async Task CheckJobVariablesAsync(DeploymentRecord deployment, DeploymentFlowRunCreate asked, CancellationToken cancel)
    {
        if (deployment.WorkPoolId is null) return;
        string? problem;
        try
        {
            problem = await jobVariables.ProblemAsync(
                deployment.BaseJobTemplate, ignoreRequired: false, ignoreInvalidDefaults: true, [deployment.Wire.JobVariables, asked.JobVariables], cancel);
        }
        catch (ApiException error)
        {
            throw new DeploymentRunRefusal(error.Status, error.Message, error.Message);
        }
        if (problem is not null) throw new DeploymentRunRefusal(422, $"Error creating flow run: {problem}", $"Error creating flow run: {problem}");
    }
}
