using System.Text.Json;

namespace Reeve.Core.JsonSchema;

/// <summary>Arranges errors as the validation route answers them.</summary>
public static class SchemaErrorTree
{
    /// <summary>The nodes of all errors that count. Where hydration failed, its failure alone is told; values still pending are no errors.</summary>
    public static IReadOnlyList<SchemaErrorNode> Build(IReadOnlyList<SchemaError> errors)
    {
        var roots = new List<SchemaErrorNode>();
        foreach (var error in PreferHydrationFailures(errors))
        {
            if (error.Instance is PendingTemplate or PendingVariable)
                continue;
            var path = new List<object>(error.Path);
            // A missing property is shown at the property, not at its owner.
            if (error.Keyword == "required")
                path.Add(error.Message.Split(' ')[0].Trim('\''));
            Place(roots, path, error.Message);
        }

        return roots;
    }

    /// <summary>Writes <c>{"errors": […], "valid": …}</c>.</summary>
    public static void WriteResponse(Utf8JsonWriter writer, IReadOnlyList<SchemaErrorNode> nodes)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("errors");
        foreach (var node in nodes)
            node.Write(writer);
        writer.WriteEndArray();
        writer.WriteBoolean("valid", nodes.Count == 0);
        writer.WriteEndObject();
    }

    private static void Place(List<SchemaErrorNode> roots, List<object> path, string message)
    {
        if (path.Count == 0)
        {
            roots.Add(SchemaErrorNode.Leaf(message));
            return;
        }

        var level = roots;
        foreach (var part in path.Take(path.Count - 1))
        {
            var node = level.Find(each => each.IsAt(part));
            if (node is null)
            {
                node = SchemaErrorNode.At(part);
                level.Add(node);
            }

            level = node.Errors;
        }

        var last = SchemaErrorNode.At(path[^1]);
        last.Errors.Add(SchemaErrorNode.Leaf(message));
        level.Add(last);
    }

    private static IEnumerable<SchemaError> PreferHydrationFailures(IReadOnlyList<SchemaError> errors)
    {
        foreach (var group in errors.GroupBy(error => string.Join("->", error.Path), StringComparer.Ordinal))
        {
            var failures = group.Where(error => error.Keyword == HydrationFailure.Keyword).ToList();
            foreach (var error in failures.Count > 0 ? failures : [.. group])
                yield return error;
        }
    }
}
