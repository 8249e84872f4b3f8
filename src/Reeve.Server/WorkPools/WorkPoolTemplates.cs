using Reeve.Core;
using Reeve.Core.JsonSchema;
using Reeve.Core.Templates;
using Reeve.Server.Deployments;
using Reeve.Server.Http;

namespace Reeve.Server.WorkPools;

/// <summary>What a base job template must be before it is stored.</summary>
internal sealed class WorkPoolTemplates(JobVariableCheck check)
{
    /// <summary>What is wrong with the form of a template, or null. An empty one is fine: it stands for "none".</summary>
    public static string? Problem(RawJson template)
    {
        if (JsonTree.Parse(template.OrEmptyObject().Utf8) is not JsonMap { Count: > 0 } map) return null;
        if (!IsFilled(map.GetValueOrDefault("job_configuration")) || !IsFilled(map.GetValueOrDefault("variables")))
        {
            return "The `base_job_template` must contain both a `job_configuration` key and a `variables` key.";
        }
        var missing = JobTemplates.UndeclaredVariables(map);
        if (missing.Count == 0) return null;
        return "The variables specified in the job configuration template must be present as properties in the variables schema. "
            + $"Your job configuration uses the following undeclared variable(s): {string.Join(" ,", missing)}.";
    }

    /// <summary>Checks the defaults of a template's variables against their own schema.</summary>
    /// <exception cref="ApiException">404: a default refers to a block that is not there; 422: a default does not fit.</exception>
    public async Task CheckDefaultsAsync(RawJson template, CancellationToken cancel)
    {
        var problem = await check.ProblemAsync(template, ignoreRequired: true, ignoreInvalidDefaults: false, [], cancel);
        if (problem is not null) throw ApiException.Detail(422, $"Validation failed for work pool's job variable defaults: {problem}");
    }

    private static bool IsFilled(object? value) => value is JsonMap { Count: > 0 };
}
