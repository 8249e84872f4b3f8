using System.Text.Json.Nodes;

namespace Reeve.Server.Tests.Fuzz;

/// <summary>Damages a body where clients damage bodies: types, nulls, bounds, texts, keys.</summary>
internal sealed class Mutations(Random random)
{
    /// <summary>Stands for a lone surrogate, which only the text of a body can hold.</summary>
    private const string Surrogate = "@@surrogate@@";

    /// <summary>The text of a body with one to three of its values damaged.</summary>
    public string Damage(JsonNode? body)
    {
        var root = new JsonObject { ["body"] = body };
        for (var left = random.Next(1, 4); left > 0; left--) Strike(root);
        return (root["body"]?.ToJsonString() ?? "null").Replace(Surrogate, "\\ud800", StringComparison.Ordinal);
    }

    private void Strike(JsonObject root)
    {
        var places = new List<(JsonNode Parent, string? Key, int Index)>();
        Collect(root, places);
        var (parent, key, index) = places[random.Next(places.Count)];
        if (parent is JsonObject container && random.Next(5) == 0 && parent != root)
        {
            if (random.Next(2) == 0) container.Remove(key!);
            else container["no_such_key_" + random.Next(3)] = Value(null);
            return;
        }
        if (parent is JsonObject holder) holder[key!] = Value(holder[key!]);
        else ((JsonArray)parent)[index] = Value(((JsonArray)parent)[index]);
    }

    private static void Collect(JsonNode node, List<(JsonNode Parent, string? Key, int Index)> places)
    {
        if (node is JsonObject container)
        {
            foreach (var (key, value) in container)
            {
                places.Add((node, key, 0));
                if (value is not null) Collect(value, places);
            }
        }
        else if (node is JsonArray array)
        {
            for (var i = 0; i < array.Count; i++)
            {
                places.Add((node, null, i));
                if (array[i] is { } value) Collect(value, places);
            }
        }
    }

    private JsonNode? Value(JsonNode? old) => random.Next(26) switch
    {
        0 or 1 => null,
        2 => true,
        3 => -1,
        4 => 0,
        5 => 201,
        6 => int.MaxValue,
        7 => 2147483648L,
        8 => long.MaxValue,
        9 => JsonNode.Parse("1e308"),
        10 => JsonNode.Parse("123456789012345678901234567890"),
        11 => 0.5,
        12 => "",
        13 => new string('x', 10_000),
        14 => "nul \0 inside",
        15 => Surrogate,
        16 => "\u202E\uFEFF👩‍👩‍👧 i\u0307 \u00A0",
        17 => "0001-01-01T00:00:00Z",
        18 => "9999-12-31T23:59:59.999999999+14:00",
        19 => "2026-02-30T00:00:00Z",
        20 => "00000000-0000-0000-0000-00000000000g",
        21 => new JsonArray(),
        22 => new JsonObject(),
        23 => old is JsonValue text && text.TryGetValue<string>(out var word) ? word + "X" : "SCHEDULE",
        24 => old is null ? new JsonArray(null, null) : new JsonArray(old.DeepClone(), old.DeepClone()),
        _ => "' or 1=1; -- % _ \\ $1 {{ x }}",
    };
}
