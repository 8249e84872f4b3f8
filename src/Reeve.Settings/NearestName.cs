namespace Reeve.Settings;

/// <summary>Finds what somebody probably meant to type.</summary>
internal static class NearestName
{
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        // A third of the letters wrong is no longer a slip of the finger.
        var best = Math.Min(6, name.Length / 3) + 1;
        string? found = null;
        foreach (var candidate in candidates)
        {
            var distance = Distance(name, candidate, best);
            if (distance >= best) continue;
            best = distance;
            found = candidate;
        }

        return found;
    }

    /// <summary>Levenshtein distance, or <paramref name="limit"/> as soon as it cannot be smaller.</summary>
    internal static int Distance(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) >= limit) return limit;
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++) previous[column] = column;
        for (var row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            var smallest = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var cost = left[row - 1] == right[column - 1] ? 0 : 1;
                current[column] = Math.Min(Math.Min(current[column - 1], previous[column]) + 1, previous[column - 1] + cost);
                smallest = Math.Min(smallest, current[column]);
            }

            if (smallest >= limit) return limit;
            (previous, current) = (current, previous);
        }

        return Math.Min(previous[right.Length], limit);
    }
}
