using Reeve.Core.Python;

namespace Reeve.Core.JsonSchema;

/// <summary>Replaces <c>{"__prefect_kind": …}</c> objects by the values they stand for.</summary>
public static class SchemaHydrator
{
    private const string Kind = "__prefect_kind";
    private const int MaxDepth = 250;

    // An element the user began but did not fill in: it disappears from its parent.
    private static readonly object Removed = new();

    /// <summary>The hydrated copy of a tree; an empty map when the tree itself is to be removed.</summary>
    /// <exception cref="HydrationException">Only with <see cref="HydrationContext.Throw"/>.</exception>
    public static object? Hydrate(object? value, HydrationContext context)
    {
        var result = Hydrate(value, context, 0);
        return ReferenceEquals(result, Removed) ? new JsonMap() : result;
    }

    private static object? Hydrate(object? value, HydrationContext context, int depth)
    {
        if (depth > MaxDepth)
            return Fail(new HydrationFailure("InvalidJSON", "Invalid JSON: The value is nested too deeply."), context);
        switch (value)
        {
            case JsonMap map when map.TryGetValue(Kind, out var kind):
                var result = Replace(kind as string, map, context, depth + 1);
                return result is HydrationFailure failure ? Fail(failure, context) : result;
            case JsonMap map:
                var copy = new JsonMap();
                foreach (var (key, item) in map)
                {
                    var hydrated = Hydrate(item, context, depth + 1);
                    if (!ReferenceEquals(hydrated, Removed))
                        copy[key] = hydrated;
                }

                return copy;
            case List<object?> list:
                var items = new List<object?>(list.Count);
                foreach (var item in list)
                {
                    var hydrated = Hydrate(item, context, depth + 1);
                    if (!ReferenceEquals(hydrated, Removed))
                        items.Add(hydrated);
                }

                return items;
            default:
                return value;
        }
    }

    private static object? Replace(string? kind, JsonMap map, HydrationContext context, int depth)
    {
        switch (kind)
        {
            case "none":
                return map.TryGetValue("value", out var plain)
                    ? Hydrate(plain, context, depth)
                    : HydrationFailure.MissingKey("ValueNotFound", "value");
            case "json":
                return map.TryGetValue("value", out var json) ? FromJson(Nested(json, context, depth)) : Removed;
            case "jinja":
                return map.TryGetValue("template", out var template)
                    ? FromTemplate(Nested(template, context, depth), context)
                    : HydrationFailure.MissingKey("TemplateNotFound", "template");
            case "workspace_variable":
                return map.TryGetValue("variable_name", out var name) ? FromVariable(Nested(name, context, depth), context) : Removed;
            default:
                return map.GetValueOrDefault("value");
        }
    }

    private static object? Nested(object? value, HydrationContext context, int depth) =>
        value is JsonMap ? Hydrate(value, context, depth) : value;

    private static bool IsPlaceholder(object? value) => value is HydrationPlaceholder || ReferenceEquals(value, Removed);

    private static object? FromJson(object? value)
    {
        if (value is not string text)
            return value;
        try
        {
            return PythonJson.Parse(text);
        }
        catch (FormatException error)
        {
            return new HydrationFailure("InvalidJSON", "Invalid JSON: " + error.Message);
        }
    }

    private static object? FromTemplate(object? value, HydrationContext context)
    {
        if (IsPlaceholder(value))
            return value;
        var template = PythonText.Str(value);
        if (context.CheckTemplate(template) is { } problem)
            return new HydrationFailure("InvalidJinja", "Invalid jinja: " + problem);
        if (context.RenderTemplate is null)
            return new PendingTemplate(template);
        var (text, error) = context.RenderTemplate(template);
        return error is null ? text : new HydrationFailure("InvalidJinja", "Invalid jinja: " + error);
    }

    private static object? FromVariable(object? name, HydrationContext context)
    {
        if (IsPlaceholder(name))
            return name;
        if (context.Variables is null)
            return new PendingVariable(name);
        return name is string key && context.Variables.TryGetValue(key, out var value)
            ? value
            : new HydrationFailure("WorkspaceVariableNotFound", $"Variable '{PythonText.Str(name)}' not found in workspace.");
    }

    private static HydrationFailure Fail(HydrationFailure failure, HydrationContext context) =>
        context.Throw ? throw new HydrationException(failure.Message) : failure;
}
