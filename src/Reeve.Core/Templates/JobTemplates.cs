using System.Globalization;
using Reeve.Core.JsonSchema;
using Reeve.Core.Python;

namespace Reeve.Core.Templates;

/// <summary>
/// Fills in job templates: trees (see <see cref="JsonTree"/>) whose strings hold <c>{{ placeholders }}</c>. A string that is one
/// placeholder takes the value with its type; otherwise the value's text is put in. All functions are pure and return copies.
/// </summary>
public static class JobTemplates
{
    private static readonly object Missing = new();

    /// <summary>Fills in job variables and environment variables; server variables and blocks stay for their own steps.</summary>
    /// <param name="template">The tree to fill in.</param>
    /// <param name="values">Job variables; a placeholder may be a path such as <c>a.b[0]</c>.</param>
    /// <param name="environment">An environment variable's value, or null.</param>
    /// <param name="removeMissing">Whether a key without value disappears (and missing text becomes empty), or the placeholder stays.</param>
    /// <param name="skipPrefixes">Placeholders whose names begin so are left alone.</param>
    public static object? ApplyValues(
        object? template, JsonMap values, Func<string, string?> environment, bool removeMissing = true, IReadOnlyList<string>? skipPrefixes = null)
    {
        var filled = Apply(template, values, environment, removeMissing, skipPrefixes ?? []);
        return ReferenceEquals(filled, Missing) ? (removeMissing ? null : template) : filled;
    }

    private static object? Apply(object? template, JsonMap values, Func<string, string?> environment, bool removeMissing, IReadOnlyList<string> skip)
    {
        switch (template)
        {
            case string text:
                return ApplyText(text, values, environment, removeMissing, skip);
            case JsonMap map:
                var copy = new JsonMap();
                foreach (var (key, item) in map)
                {
                    var filled = Apply(item, values, environment, removeMissing, skip);
                    if (!ReferenceEquals(filled, Missing))
                        copy[key] = filled;
                    else if (!removeMissing)
                        copy[key] = item;
                }

                return copy;
            case List<object?> list:
                return list.Select(item => Apply(item, values, environment, removeMissing, skip)).Where(item => !ReferenceEquals(item, Missing)).ToList();
            default:
                return template;
        }
    }

    private static object? ApplyText(string text, JsonMap values, Func<string, string?> environment, bool removeMissing, IReadOnlyList<string> skip)
    {
        var placeholders = JobPlaceholder.Find(text).Where(each => !skip.Any(prefix => each.Name.StartsWith(prefix, StringComparison.Ordinal))).ToList();
        if (placeholders is [{ Kind: PlaceholderKind.Value } only] && only.Text == text)
            return Lookup(values, only.Name);
        foreach (var placeholder in placeholders)
        {
            object? value;
            if (placeholder.Kind == PlaceholderKind.Value)
                value = Lookup(values, placeholder.Name);
            else if (placeholder.Kind == PlaceholderKind.Environment)
                value = environment(placeholder.Name.TrimStart('$')) ?? Missing;
            else
                continue;
            if (!ReferenceEquals(value, Missing))
                text = text.Replace(placeholder.Text, PythonText.Str(value), StringComparison.Ordinal);
            else if (removeMissing)
                text = text.Replace(placeholder.Text, "", StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>The server variables a template refers to.</summary>
    public static IReadOnlySet<string> ReferencedVariables(object? template) =>
        Placeholders(template).Where(each => each.Kind == PlaceholderKind.Variable)
            .Select(each => each.Name[JobPlaceholder.VariablePrefix.Length..]).ToHashSet(StringComparer.Ordinal);

    /// <summary>Fills in server variables; one that does not exist becomes empty text.</summary>
    public static object? ResolveVariables(object? template, IReadOnlyDictionary<string, object?> variables) => template switch
    {
        string text => ResolveVariables(text, variables),
        JsonMap map => new JsonMap(map.Select(pair => KeyValuePair.Create(pair.Key, ResolveVariables(pair.Value, variables)))),
        List<object?> list => list.ConvertAll(item => ResolveVariables(item, variables)),
        _ => template,
    };

    private static object? ResolveVariables(string text, IReadOnlyDictionary<string, object?> variables)
    {
        var placeholders = JobPlaceholder.Find(text);
        if (placeholders is [{ Kind: PlaceholderKind.Variable } only] && only.Text == text)
            return JsonTree.Clone(variables.GetValueOrDefault(only.Name[JobPlaceholder.VariablePrefix.Length..], ""));
        foreach (var placeholder in placeholders.Where(each => each.Kind == PlaceholderKind.Variable))
        {
            var value = variables.GetValueOrDefault(placeholder.Name[JobPlaceholder.VariablePrefix.Length..], "");
            text = text.Replace(placeholder.Text, PythonText.Str(value), StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>The blocks a template refers to: ids of <c>{"$ref": {"block_document_id": …}}</c>, and type slug with name of placeholders.</summary>
    public static (IReadOnlySet<string> Ids, IReadOnlySet<(string TypeSlug, string Name)> Names) ReferencedBlocks(object? template)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        CollectIds(template, ids);
        var names = Placeholders(template).Where(each => each.Kind == PlaceholderKind.Block)
            .Select(each => BlockPath(each)).Select(path => (path.TypeSlug, path.Name)).ToHashSet();
        return (ids, names);
    }

    /// <summary>Fills in the data of blocks. The caller has loaded what <see cref="ReferencedBlocks"/> names.</summary>
    /// <exception cref="JobTemplateException">A block is missing, its path leads nowhere, or a map or list would have to become text.</exception>
    public static object? ResolveBlocks(object? template, Func<string, JsonMap?> byId, Func<string, string, JsonMap?> byName)
    {
        switch (template)
        {
            case JsonMap map when BlockId(map) is { } id:
                return JsonTree.Clone(byId(id) ?? throw new JobTemplateException(
                    $"Block not found: ID '{id}'. The deployment or work pool refers to it; correct the reference or create the block."));
            case JsonMap map:
                return new JsonMap(map.Select(pair => KeyValuePair.Create(pair.Key, ResolveBlocks(pair.Value, byId, byName))));
            case List<object?> list:
                return list.ConvertAll(item => ResolveBlocks(item, byId, byName));
            case string text:
                return ResolveBlocks(text, byName);
            default:
                return template;
        }
    }

    private static object? ResolveBlocks(string text, Func<string, string, JsonMap?> byName)
    {
        var placeholders = JobPlaceholder.Find(text);
        if (placeholders is [{ Kind: PlaceholderKind.Block } only] && only.Text == text)
            return JsonTree.Clone(BlockValue(only, text, byName));
        var result = text;
        foreach (var placeholder in placeholders.Where(each => each.Kind == PlaceholderKind.Block))
        {
            var value = BlockValue(placeholder, text, byName);
            if (value is JsonMap or List<object?>)
            {
                throw new JobTemplateException(
                    $"Invalid template: {PythonText.Repr(text)}. Block placeholder {PythonText.Repr(placeholder.Text)} resolved to a {(value is JsonMap ? "dict" : "list")}, "
                    + "which has no form within text. Refer to a single value of it (e.g., '.value' or '.url').");
            }

            result = result.Replace(placeholder.Text, PythonText.Str(value), StringComparison.Ordinal);
        }

        return result;
    }

    private static object? BlockValue(JobPlaceholder placeholder, string text, Func<string, string, JsonMap?> byName)
    {
        var (slug, name, path) = BlockPath(placeholder);
        var data = byName(slug, name) ?? throw new JobTemplateException(
            $"Block not found: '{name}' of type '{slug}'. The deployment or work pool refers to it; correct the reference or create the block.");
        object? value = data;
        // Blocks that hold nothing but a value stand for that value.
        if (data.Count == 1 && data.TryGetValue("value", out var inner) && path?.StartsWith("value", StringComparison.Ordinal) != true)
            value = inner;
        if (path is null)
            return value;
        var found = Lookup(value, path);
        return !ReferenceEquals(found, Missing) ? found : throw new JobTemplateException(
            $"Invalid template: {PythonText.Repr(text)}. Could not resolve the keypath in the block document data.");
    }

    private static (string TypeSlug, string Name, string? Path) BlockPath(JobPlaceholder placeholder)
    {
        var parts = placeholder.Name[JobPlaceholder.BlockPrefix.Length..].Split('.', 3);
        return parts.Length >= 2 ? (parts[0], parts[1], parts.Length > 2 ? parts[2] : null) : throw new JobTemplateException(
            $"Invalid block placeholder format: '{placeholder.Name}'. Expected format: prefect.blocks.<block-type-slug>.<block-document-name>");
    }

    private static string? BlockId(JsonMap map) =>
        map.GetValueOrDefault("$ref") is JsonMap reference && reference.GetValueOrDefault("block_document_id") is string { Length: > 0 } id ? id : null;

    private static void CollectIds(object? template, HashSet<string> ids)
    {
        if (template is JsonMap map)
        {
            if (BlockId(map) is { } id)
                ids.Add(id);
            foreach (var item in map.Values)
                CollectIds(item, ids);
        }
        else if (template is List<object?> list)
        {
            foreach (var item in list)
                CollectIds(item, ids);
        }
    }

    /// <summary>Every placeholder of a tree's values, at any depth.</summary>
    public static IEnumerable<JobPlaceholder> Placeholders(object? template) => template switch
    {
        string text => JobPlaceholder.Find(text),
        JsonMap map => map.Values.SelectMany(Placeholders),
        List<object?> list => list.SelectMany(Placeholders),
        _ => [],
    };

    /// <summary>
    /// The names used in <c>job_configuration</c> that <c>variables.properties</c> does not declare, in order of use. Keys are
    /// searched as well as values, as the check goes over the JSON text.
    /// </summary>
    public static IReadOnlyList<string> UndeclaredVariables(JsonMap baseJobTemplate)
    {
        var declared = (baseJobTemplate.GetValueOrDefault("variables") as JsonMap)?.GetValueOrDefault("properties") as JsonMap;
        var text = System.Text.Encoding.UTF8.GetString(JsonTree.ToUtf8(baseJobTemplate.GetValueOrDefault("job_configuration")));
        return JobPlaceholder.Find(text).Select(each => each.Name).Distinct(StringComparer.Ordinal).Where(name => declared?.ContainsKey(name) != true).ToList();
    }

    private static object? Lookup(object? value, string path)
    {
        foreach (var key in path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.'))
        {
            var isIndex = int.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index);
            switch (value)
            {
                case JsonMap map when !isIndex && map.TryGetValue(key, out var item):
                    value = item;
                    break;
                case List<object?> list when isIndex && index < list.Count && index >= -list.Count:
                    value = list[index < 0 ? index + list.Count : index];
                    break;
                default:
                    return Missing;
            }
        }

        return value;
    }
}
