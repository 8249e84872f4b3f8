using System.Text.Json;
using Reeve.Core;
using Reeve.Worker.Process;

namespace Reeve.Cli.Commands.WorkPools;

/// <summary>Where the base job template of a new pool comes from.</summary>
internal static class WorkPoolTemplates
{
    public static async Task<RawJson> FindAsync(CommandContext context, string type, string? file, CancellationToken cancel)
    {
        if (file is not null) return Read(file);
        if (type == ProcessPool.Type) return ProcessPool.BaseJobTemplate;
        if (type == "prefect-agent") return RawJson.EmptyObject;
        // The server knows the types of Prefect's integrations.
        var view = await context.Client.Server.GetAsync("collections/views/aggregate-worker-metadata", cancel);
        using var document = view.ToDocument();
        var types = new List<string>();
        foreach (var collection in document.RootElement.EnumerateObject())
        {
            foreach (var worker in collection.Value.EnumerateObject())
            {
                if (worker.Name == type && worker.Value.TryGetProperty("default_base_job_configuration", out var template)) return RawJson.Parse(template.GetRawText());
                types.Add(worker.Name);
            }
        }

        throw new CliException($"There is no worker type '{type}'. Known are: {string.Join(", ", types.Append(ProcessPool.Type).Distinct().Order(StringComparer.Ordinal))}. For a type of your own give --base-job-template.");
    }

    public static RawJson Read(string file)
    {
        try
        {
            return RawJson.Parse(File.ReadAllBytes(file));
        }
        catch (JsonException error)
        {
            throw new CliException($"{file} is not JSON: {error.Message}");
        }
    }
}
