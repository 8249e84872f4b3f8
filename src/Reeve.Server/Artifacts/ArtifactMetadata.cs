using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reeve.Core;

namespace Reeve.Server.Artifacts;

/// <summary>The text-to-text map that goes with an artifact.</summary>
internal static class ArtifactMetadata
{
    /// <summary>Characters of a value that are kept.</summary>
    public const int MaxLength = 500;

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The map with every longer value cut and marked with <c>...</c>.</summary>
    public static RawJson Shorten(RawJson metadata)
    {
        if (metadata.IsNull || metadata.Utf8.Length <= MaxLength) return metadata;
        if (JsonNode.Parse(metadata.Utf8.Span) is not JsonObject map) return metadata;
        foreach (var (key, value) in map.ToList())
        {
            if (value is not JsonValue text || !text.TryGetValue(out string? said)) continue;
            if (Cut(said) is { } shorter) map[key] = shorter;
        }
        return RawJson.FromTrusted(map.ToJsonString(Options));
    }

    private static string? Cut(string text)
    {
        if (text.Length <= MaxLength) return null;
        var at = 0;
        // Characters are counted as people's, not as UTF-16 halves.
        for (var taken = 0; taken < MaxLength && at < text.Length; taken++) at += char.IsSurrogatePair(text, at) ? 2 : 1;
        return at < text.Length ? text[..at] + "..." : null;
    }
}
