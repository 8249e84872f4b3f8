using Reeve.Contract.Automations;
using Reeve.Core;
using Reeve.Core.JsonSchema;
using Reeve.Core.Templates;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.Automations;

/// <summary>Checks the job variables of run-deployment actions against the template of the deployment's work pool.</summary>
internal sealed class RunDeploymentCheck(Db db)
{
    /// <exception cref="ApiException">404: a deployment is not there. 422: variables that its pool does not take.</exception>
    public async Task CheckAsync(IEnumerable<AutomationAction> actions, bool alsoEmpty, CancellationToken cancel)
    {
        var errors = new List<string>();
        foreach (var action in actions.OfType<RunDeployment>())
        {
            if (action.DeploymentId is not { } id || !IsSent(action.JobVariables, alsoEmpty)) continue;
            var target = await db.OneAsync(
                $"""
                select wp.base_job_template from deployment d
                left join work_queue wq on wq.id = d.work_queue_id left join work_pool wp on wp.id = wq.work_pool_id
                where d.id = {id}
                """, static row => new Target(row.GetJsonOrNull(0)), cancel);
            if (target is null) throw ApiException.Detail(404, "Deployment not found.");
            if (target.Template is { } template && Fault(template, action.JobVariables) is { } fault) errors.Add(fault);
        }
        if (errors.Count > 0) throw ApiException.Detail(422, "Error creating automation: " + string.Join(' ', errors));
    }

    private static bool IsSent(RawJson variables, bool alsoEmpty) =>
        !variables.IsNull && (alsoEmpty || !variables.Utf8.Span.SequenceEqual("{}"u8));

    private static string? Fault(RawJson template, RawJson variables)
    {
        try
        {
            return JobVariables.Validate(
                JsonTree.Parse(template.Utf8) as JsonMap, [JsonTree.Parse(variables.Utf8) as JsonMap],
                ignoreRequired: false, ignoreInvalidDefaults: true, static _ => null)?.Describe();
        }
        catch (SchemaException error)
        {
            return error.Message;
        }
    }

    private sealed record Target(RawJson? Template);
}
