using System.Collections.Frozen;

namespace Reeve.Core.Automations;

/// <summary>
/// Finds the event triggers that an event may concern without looking at all of them: by its name first, then by the resource
/// that a trigger names. What is found is still to be asked by <see cref="EventRule.Covers"/>.
/// </summary>
public sealed class TriggerIndex<T>
    where T : class
{
    private readonly FrozenDictionary<string, Shelf> _byName;
    private readonly FrozenDictionary<string, Shelf> _byPrefix;
    private readonly int[] _prefixLengths;

    public TriggerIndex(IEnumerable<(EventRule Rule, T Value)> triggers)
    {
        ArgumentNullException.ThrowIfNull(triggers);
        var byName = new Dictionary<string, Shelf>(StringComparer.Ordinal);
        var byPrefix = new Dictionary<string, Shelf>(StringComparer.Ordinal);
        foreach (var (rule, value) in triggers)
        {
            Count++;
            foreach (var pattern in rule.Expect.Count == 0 ? [new LabelPattern("*")] : rule.Expect.Concat(rule.After))
            {
                // A name may go on after an exact pattern and still be covered, but is then neither expected nor a start.
                if (pattern.IsExact) Shelf.At(byName, pattern.Text).Add(rule, value);
                else Shelf.At(byPrefix, pattern.LiteralPrefix).Add(rule, value);
            }
        }
        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
        _byPrefix = byPrefix.ToFrozenDictionary(StringComparer.Ordinal);
        _prefixLengths = [.. byPrefix.Keys.Select(static prefix => prefix.Length).Distinct().Order()];
    }

    /// <summary>How many triggers are in it.</summary>
    public int Count { get; }

    /// <summary>Adds what an event may concern, each once, to <paramref name="found"/>.</summary>
    public void Find(ObservedEvent told, HashSet<T> found)
    {
        if (_byName.TryGetValue(told.Name, out var named)) named.Find(told, found);
        if (_prefixLengths.Length == 0) return;
        var prefixes = _byPrefix.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var length in _prefixLengths)
        {
            if (length > told.Name.Length) break;
            if (prefixes.TryGetValue(told.Name.AsSpan(0, length), out var shelf)) shelf.Find(told, found);
        }
    }

    private sealed class Shelf
    {
        private readonly List<T> _any = [];
        private readonly Dictionary<string, List<T>> _byPrimary = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<T>> _byRelated = new(StringComparer.Ordinal);

        public static Shelf At(Dictionary<string, Shelf> shelves, string key)
        {
            if (!shelves.TryGetValue(key, out var shelf)) shelves[key] = shelf = new Shelf();
            return shelf;
        }

        public void Add(EventRule rule, T value)
        {
            if (rule.Match.ExactIds is { } primary) Add(_byPrimary, primary, value);
            else if (rule.MatchRelated.Select(static related => related.ExactIds).FirstOrDefault(static ids => ids is not null) is { } related) Add(_byRelated, related, value);
            else _any.Add(value);
        }

        public void Find(ObservedEvent told, HashSet<T> found)
        {
            found.UnionWith(_any);
            if (_byPrimary.Count > 0 && _byPrimary.TryGetValue(told.ResourceId, out var primary)) found.UnionWith(primary);
            if (_byRelated.Count == 0) return;
            foreach (var resource in told.Related)
            {
                if (resource.TryGetValue(ObservedEvent.IdLabel, out var id) && _byRelated.TryGetValue(id, out var related)) found.UnionWith(related);
            }
        }

        private static void Add(Dictionary<string, List<T>> into, IReadOnlyList<string> ids, T value)
        {
            foreach (var id in ids.Distinct(StringComparer.Ordinal))
            {
                if (!into.TryGetValue(id, out var list)) into[id] = list = [];
                list.Add(value);
            }
        }
    }
}
