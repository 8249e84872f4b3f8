using System.Globalization;
using Reeve.Client;
using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;
using Reeve.Core;
using Reeve.Core.JsonSchema;
using Reeve.Core.Python;
using Reeve.Core.Templates;
using Reeve.Worker.Process;

namespace Reeve.Worker.Jobs;

/// <summary>Works out what to run for a flow run: merges job variables into the pool's template and looks up the variables and blocks it refers to.</summary>
internal sealed class JobBuilder(ReeveClient client, Func<string, string?> environment)
{
    /// <exception cref="JobTemplateException">The template or what it refers to is wrong; the message says how.</exception>
    public async Task<JobConfiguration> BuildAsync(RawJson baseJobTemplate, DeploymentResponse? deployment, FlowRun run, CancellationToken cancel)
    {
        if (JsonTree.Parse(baseJobTemplate.Utf8) is not JsonMap { Count: > 0 } template) template = ProcessPool.DefaultTemplate();
        var values = JobVariableMerge.Combine(Map(deployment?.JobVariables), Map(run.JobVariables));
        object? filled = JobVariableMerge.Fill(template, values, environment);
        filled = await ResolveBlocksAsync(filled, cancel);
        filled = await ResolveVariablesAsync(filled, cancel);
        return Read((JsonMap)filled!);
    }

    private async Task<object?> ResolveBlocksAsync(object? filled, CancellationToken cancel)
    {
        var (ids, names) = JobTemplates.ReferencedBlocks(filled);
        if (ids.Count == 0 && names.Count == 0) return filled;
        var byId = new Dictionary<string, JsonMap?>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            byId[id] = Guid.TryParse(id, CultureInfo.InvariantCulture, out var parsed)
                ? await DataAsync(() => client.Blocks.ReadAsync(parsed, cancel), block => block.Data)
                : null;
        }

        var byName = new Dictionary<(string, string), JsonMap?>();
        foreach (var (slug, name) in names)
            byName[(slug, name)] = await DataAsync(() => client.Blocks.ReadByNameAsync(slug, name, cancel), block => block.Data);
        return JobTemplates.ResolveBlocks(filled, id => byId.GetValueOrDefault(id), (slug, name) => byName.GetValueOrDefault((slug, name)));
    }

    private async Task<object?> ResolveVariablesAsync(object? filled, CancellationToken cancel)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var name in JobTemplates.ReferencedVariables(filled))
        {
            try
            {
                values[name] = JsonTree.Parse((await client.Variables.ReadByNameAsync(name, cancel)).Value.Utf8);
            }
            catch (ApiNotFoundException)
            {
                // One that does not exist is empty text, by the rules of templates.
            }
        }

        return values.Count == 0 && JobTemplates.ReferencedVariables(filled).Count == 0 ? filled : JobTemplates.ResolveVariables(filled, values);
    }

    private static async Task<JsonMap?> DataAsync<T>(Func<Task<T>> read, Func<T, RawJson> data)
    {
        try
        {
            return JsonTree.Parse(data(await read()).Utf8) as JsonMap;
        }
        catch (ApiNotFoundException)
        {
            return null;
        }
    }

    private static JobConfiguration Read(JsonMap job)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (job.GetValueOrDefault("env") is JsonMap env)
        {
            foreach (var (name, value) in env) environment[name] = value is null ? null : PythonText.Str(value);
        }

        return new JobConfiguration
        {
            Command = Text(job, "command"),
            WorkingDirectory = Text(job, "working_dir"),
            StreamOutput = job.GetValueOrDefault("stream_output") is not false,
            Environment = environment,
        };
    }

    private static string? Text(JsonMap job, string key) => job.GetValueOrDefault(key) switch
    {
        null => null,
        string text => string.IsNullOrWhiteSpace(text) ? null : text,
        var other => throw new JobTemplateException($"Job variable '{key}' must be text, not {System.Text.Encoding.UTF8.GetString(JsonTree.ToUtf8(other))}."),
    };

    private static JsonMap? Map(RawJson? json) => json is { IsNull: false } value ? JsonTree.Parse(value.Utf8) as JsonMap : null;
}
