using System.Text;
using Reeve.Data;

namespace Reeve.Server.Filters;

/// <summary>
/// A search as people type it: words and "phrases", any of which may match; <c>-</c> or <c>!</c> before one excludes,
/// <c>+</c> requires. Case does not matter. See events.md §6.2.
/// </summary>
internal sealed class TextSearch
{
    private readonly List<string> _any = [];
    private readonly List<string> _none = [];
    private readonly List<string> _all = [];

    /// <summary>Whether it asks for nothing.</summary>
    public bool IsEmpty => _any.Count + _none.Count + _all.Count == 0;

    public static TextSearch Parse(string query)
    {
        var search = new TextSearch();
        var at = 0;
        while (at < query.Length)
        {
            if (char.IsWhiteSpace(query[at])) { at++; continue; }
            var into = query[at] switch { '-' or '!' => search._none, '+' => search._all, _ => search._any };
            if (into != search._any) at++;
            if (at >= query.Length || char.IsWhiteSpace(query[at])) continue;
            var term = query[at] == '"' ? Phrase(query, ref at) : Word(query, ref at);
            if (!string.IsNullOrWhiteSpace(term)) into.Add(term);
        }
        return search;
    }

    /// <summary>The search on one text of a row.</summary>
    public Predicate Where(Sql text)
    {
        var where = new Predicate();
        if (_any.Count > 0)
        {
            var any = new Predicate(any: true);
            foreach (var term in _any) any.Add(Contains(text, term));
            where.Add(any);
        }
        foreach (var term in _none) where.Add($"not {Contains(text, term)}");
        foreach (var term in _all) where.Add(Contains(text, term));
        return where;
    }

    /// <summary>The search on a text in memory.</summary>
    public bool Matches(string text)
    {
        bool Has(string term) => text.Contains(term, StringComparison.OrdinalIgnoreCase);
        return (_any.Count == 0 || _any.Exists(Has)) && !_none.Exists(Has) && _all.TrueForAll(Has);
    }

    private static Sql Contains(Sql text, string term) => $"({text} ilike {"%" + term + "%"} escape '')";

    private static string Word(string query, ref int at)
    {
        var from = at;
        while (at < query.Length && !char.IsWhiteSpace(query[at]) && query[at] != '"') at++;
        return query[from..at];
    }

    private static string Phrase(string query, ref int at)
    {
        var phrase = new StringBuilder();
        for (at++; at < query.Length && query[at] != '"'; at++)
        {
            if (query[at] == '\\' && at + 1 < query.Length && (query[at + 1] is '"' or '\\')) at++;
            phrase.Append(query[at]);
        }
        at++;
        return phrase.ToString();
    }
}
