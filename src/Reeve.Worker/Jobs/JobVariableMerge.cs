using Reeve.Core.JsonSchema;
using Reeve.Core.Templates;

namespace Reeve.Worker.Jobs;

/// <summary>Brings the layers of job variables together: the pool's defaults, the deployment's, the run's; later ones win, <c>env</c> is merged by name.</summary>
internal static class JobVariableMerge
{
    /// <summary>The deployment's variables under the run's.</summary>
    public static JsonMap Combine(JsonMap? deployment, JsonMap? run)
    {
        var values = new JsonMap();
        foreach (var (name, value) in deployment ?? []) values[name] = JsonTree.Clone(value);
        foreach (var (name, value) in run ?? [])
        {
            if (name == "env" && values.GetValueOrDefault("env") is JsonMap below && value is JsonMap above) Overlay(below, above);
            else values[name] = JsonTree.Clone(value);
        }

        return values;
    }

    /// <summary>The pool's <c>job_configuration</c> with all values filled in; variables and blocks of the server are left for later.</summary>
    /// <param name="template">The pool's base job template.</param>
    /// <param name="values">From <see cref="Combine"/>; a name such as <c>env.FOO</c> sets a key within.</param>
    /// <param name="environment">An environment variable of the worker, or null.</param>
    public static JsonMap Fill(JsonMap template, JsonMap values, Func<string, string?> environment)
    {
        var configuration = (JsonMap)JsonTree.Clone(template.GetValueOrDefault("job_configuration") as JsonMap ?? new JsonMap())!;
        var merged = Defaults(template);
        if (merged.GetValueOrDefault("env") is JsonMap { Count: > 0 } defaultEnv)
        {
            if (configuration.GetValueOrDefault("env") is JsonMap fixedEnv) Overlay(fixedEnv, defaultEnv);
            else configuration["env"] = JsonTree.Clone(defaultEnv);
        }

        foreach (var (name, value) in Nest(values)) merged[name] = value;
        if (configuration.GetValueOrDefault("env") is JsonMap env && merged.GetValueOrDefault("env") is JsonMap given) Overlay(env, given);
        return JobTemplates.ApplyValues(configuration, merged, environment) as JsonMap ?? new JsonMap();
    }

    private static JsonMap Defaults(JsonMap template)
    {
        var defaults = new JsonMap();
        var properties = (template.GetValueOrDefault("variables") as JsonMap)?.GetValueOrDefault("properties") as JsonMap;
        foreach (var (name, schema) in properties ?? [])
        {
            if (schema is JsonMap map && map.GetValueOrDefault("default") is { } value) defaults[name] = JsonTree.Clone(value);
        }

        return defaults;
    }

    private static JsonMap Nest(JsonMap values)
    {
        var nested = new JsonMap();
        foreach (var (name, value) in values)
        {
            if (!name.Contains('.')) continue;
            var place = nested;
            var parts = name.Split('.');
            foreach (var part in parts[..^1])
            {
                if (place.GetValueOrDefault(part) is not JsonMap next) place[part] = next = new JsonMap();
                place = next;
            }

            place[parts[^1]] = value;
        }

        foreach (var (name, value) in values)
        {
            if (name.Contains('.')) continue;
            if (nested.GetValueOrDefault(name) is JsonMap below && value is JsonMap above) Overlay(below, above);
            else nested[name] = value;
        }

        return nested;
    }

    private static void Overlay(JsonMap below, JsonMap above)
    {
        foreach (var (name, value) in above)
        {
            if (below.GetValueOrDefault(name) is JsonMap inner && value is JsonMap outer) Overlay(inner, outer);
            else below[name] = JsonTree.Clone(value);
        }
    }
}
