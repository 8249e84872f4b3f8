namespace Reeve.Core.JsonSchema;

/// <summary>Picks the error worth telling: the shallowest, and within a failed choice of alternatives the deepest.</summary>
internal static class BestMatch
{
    public static SchemaError? Of(IReadOnlyList<SchemaError> errors)
    {
        SchemaError? best = null;
        foreach (var error in errors)
        {
            if (best is null || Compare(error, best) > 0)
                best = error;
        }

        while (best is { Context.Count: > 0 })
        {
            var least = best.Context[0];
            var tied = false;
            foreach (var error in best.Context.Skip(1))
            {
                var order = Compare(error, least);
                tied = order == 0 || (tied && order > 0);
                if (order < 0)
                    least = error;
            }

            // Alternatives that failed alike say nothing; then the failed choice itself is the message.
            if (tied)
                return best;
            best = least;
        }

        return best;
    }

    private static int Compare(SchemaError left, SchemaError right)
    {
        var order = right.RelativePath.Count.CompareTo(left.RelativePath.Count);
        for (var i = 0; order == 0 && i < left.RelativePath.Count; i++)
            order = CompareParts(left.RelativePath[i], right.RelativePath[i]);
        if (order == 0)
            order = (!IsWeak(left)).CompareTo(!IsWeak(right));
        return order != 0 ? order : (!MatchesType(left)).CompareTo(!MatchesType(right));
    }

    private static int CompareParts(object left, object right) => (left, right) switch
    {
        (int a, int b) => a.CompareTo(b),
        (string a, string b) => string.CompareOrdinal(a, b),
        (int, _) => -1,
        _ => 1,
    };

    private static bool IsWeak(SchemaError error) => error.Keyword is "anyOf" or "oneOf";

    private static bool MatchesType(SchemaError error) =>
        error.Schema is JsonMap map && map.TryGetValue("type", out var type) && type switch
        {
            string single => SchemaEvaluation.IsType(error.Instance, single),
            List<object?> several => several.OfType<string>().Any(each => SchemaEvaluation.IsType(error.Instance, each)),
            _ => false,
        };
}
