using Reeve.Core.JsonSchema;
using Reeve.Core.Templates;
using Reeve.Data;

namespace Reeve.Server.Deployments;

/// <summary>Replaces <c>__prefect_kind</c> objects in parameters by what they stand for.</summary>
internal sealed class ParameterHydration(Db db, TimeProvider clock)
{
    private static readonly Dictionary<string, object?> NoValues = [];

    /// <summary>Whether anything in a JSON text is to be replaced; nearly never, and then the variables need not be read.</summary>
    public static bool IsNeeded(ReadOnlySpan<byte> json) => json.IndexOf("\"__prefect_kind\""u8) >= 0;

    /// <summary>What hydration may use: all variables of the workspace.</summary>
    public async Task<HydrationContext> ContextAsync(CancellationToken cancel)
    {
        var variables = await db.ListAsync($"select name, value from variable", static row => (row.GetString(0), row.GetJsonOrNull(1)), cancel);
        return new HydrationContext
        {
            Variables = variables.ToDictionary(
                static variable => variable.Item1, static variable => variable.Item2 is { } value ? JsonTree.Parse(value.Utf8) : null, StringComparer.Ordinal),
            CheckTemplate = static text => Template.Validate(text) is { } problem ? $"Line {problem.Line}: {problem.Message}" : null,
            RenderTemplate = Render,
            Throw = true,
        };
    }

    /// <exception cref="HydrationException">Something stands for nothing.</exception>
    public async Task<JsonMap> HydrateAsync(JsonMap parameters, CancellationToken cancel)
    {
        if (!IsNeeded(JsonTree.ToUtf8(parameters))) return parameters;
        return Hydrate(parameters, await ContextAsync(cancel));
    }

    /// <exception cref="HydrationException">Something stands for nothing.</exception>
    public static JsonMap Hydrate(JsonMap parameters, HydrationContext context) =>
        SchemaHydrator.Hydrate(parameters, context) as JsonMap ?? [];

    private (string Text, string? Error) Render(string template)
    {
        try
        {
            return (Template.Render(template, NoValues, clock), null);
        }
        catch (Exception error) when (error is TemplateSyntaxException or TemplateRenderException)
        {
            return ("", error.Message);
        }
    }
}
