using System.Text.Json.Nodes;

namespace Reeve.Server.Blocks;

/// <summary>
/// The secrets in a block's data, which a schema names by dotted paths; <c>*</c> in one stands for all that is below.
/// </summary>
internal static class BlockSecrets
{
    /// <summary>What is shown in the place of any secret.</summary>
    public const string Mask = "********";

    /// <summary>The paths that the fields of a schema name.</summary>
    public static List<string[]> Paths(JsonObject fields) =>
        (fields["secret_fields"] as JsonArray ?? []).Select(BlockJson.Text).OfType<string>().Select(static path => path.Split('.')).ToList();

    /// <summary>Puts the mask in the place of every secret.</summary>
    public static void Hide(JsonObject data, IEnumerable<string[]> paths)
    {
        foreach (var path in paths)
        {
            if (Holder(data, path) is { } holder && holder[path[^1]] is not null) holder[path[^1]] = Mask;
            else if (Array.IndexOf(path, "*") is var wildcard and >= 0) HideBelow(data, path.AsSpan(0, wildcard));
        }
    }

    /// <summary>
    /// Puts back what is stored where an update carries the mask: someone sends back what they were shown, and means no change.
    /// </summary>
    public static void KeepHidden(JsonObject update, JsonObject stored, IEnumerable<string[]> paths)
    {
        foreach (var path in paths)
        {
            if (Holder(stored, path)?[path[^1]] is { } secret)
            {
                if (Holder(update, path) is { } holder && BlockJson.Text(holder[path[^1]]) == Mask) holder[path[^1]] = secret.DeepClone();
            }
            else if (Array.IndexOf(path, "*") is var wildcard and >= 0)
            {
                if (At(update, path.AsSpan(0, wildcard)) is JsonObject below) KeepBelow(below, At(stored, path.AsSpan(0, wildcard)) as JsonObject);
            }
        }
    }

    private static void HideBelow(JsonObject data, ReadOnlySpan<string> path)
    {
        if (path.Length == 0) HideLeaves(data);
        else if (Holder(data, path) is { } holder && holder.ContainsKey(path[^1]))
        {
            if (holder[path[^1]] is JsonObject { Count: > 0 } below) HideLeaves(below);
            else holder[path[^1]] = Mask;
        }
    }

    private static void HideLeaves(JsonObject map)
    {
        foreach (var (key, value) in map.ToList())
        {
            if (value is JsonObject { Count: > 0 } below) HideLeaves(below);
            else map[key] = Mask;
        }
    }

    private static void KeepBelow(JsonObject update, JsonObject? stored)
    {
        foreach (var (key, value) in update.ToList())
        {
            if (value is JsonObject below) KeepBelow(below, stored?[key] as JsonObject);
            else if (BlockJson.Text(value) == Mask && stored is not null && stored.TryGetPropertyValue(key, out var secret)) update[key] = secret?.DeepClone();
        }
    }

    /// <summary>The object that has the last step of a path.</summary>
    private static JsonObject? Holder(JsonObject data, ReadOnlySpan<string> path) => At(data, path[..^1]) as JsonObject;

    private static JsonNode? At(JsonNode? node, ReadOnlySpan<string> path)
    {
        foreach (var step in path) node = (node as JsonObject)?[step];
        return node;
    }
}
