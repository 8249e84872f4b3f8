using Reeve.Core.JsonSchema;
using Reeve.Core.Templates;
using Reeve.Server.Automations.Templates;
using Reeve.Server.Deployments;

namespace Reeve.Server.Automations.Actions;

/// <summary>Renders the texts of actions with what they act upon.</summary>
internal sealed class ActionTemplates(TemplateObjects objects, ParameterHydration hydration, UiUrls urls, TimeProvider clock)
{
    /// <summary>The texts, rendered. The objects they name are read once for all.</summary>
    /// <exception cref="ActionFailure">One of them is no template, or cannot be rendered.</exception>
    public async Task<string[]> RenderAsync(TriggeredAction action, ActionReport report, CancellationToken cancel, params string[] texts)
    {
        var context = await ContextAsync(action, texts, cancel);
        var rendered = new string[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            var (text, error) = Render(texts[i], context);
            if (error is not null)
            {
                report.Details["template_error"] = $"The template could not be rendered: {error}";
                report.Details["template_source"] = texts[i];
                throw new ActionFailure($"Template rendering failed: {error}");
            }
            rendered[i] = text;
        }
        return rendered;
    }

    /// <summary>Parameters with everything in them that stands for something else replaced.</summary>
    /// <exception cref="HydrationException">Something stands for nothing.</exception>
    public async Task<JsonMap> HydrateAsync(TriggeredAction action, JsonMap parameters, CancellationToken cancel)
    {
        var upgraded = (JsonMap)ParameterTemplates.Upgrade(parameters)!;
        var values = await ContextAsync(action, [.. ParameterTemplates.Texts(upgraded)], cancel);
        var standard = await hydration.ContextAsync(cancel);
        return ParameterHydration.Hydrate(upgraded, new HydrationContext
        {
            Variables = standard.Variables,
            CheckTemplate = standard.CheckTemplate,
            RenderTemplate = text => Render(text, values),
            Throw = true,
        });
    }

    private (string Text, string? Error) Render(string text, Dictionary<string, object?> context)
    {
        try
        {
            return (Template.Render(text, context, clock, urls.Filters()), null);
        }
        catch (TemplateRenderException error)
        {
            return ("", error.Repr);
        }
        catch (TemplateSyntaxException error)
        {
            return ("", $"TemplateSyntaxError({Core.Python.PythonText.Repr(error.Message)})");
        }
    }

    private Task<Dictionary<string, object?>> ContextAsync(TriggeredAction action, string[] texts, CancellationToken cancel)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            if (!Template.IsTemplate(text)) continue;
            try
            {
                names.UnionWith(Template.Parse(text).Names);
            }
            catch (TemplateSyntaxException)
            {
                // Rendering says so in its place.
            }
        }
        return objects.ReadAsync(action, names, cancel);
    }
}
