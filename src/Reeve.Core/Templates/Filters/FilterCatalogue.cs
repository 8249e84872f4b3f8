using System.Diagnostics.CodeAnalysis;
using Reeve.Core.Templates.Values;

namespace Reeve.Core.Templates.Filters;

internal delegate object? Filter(Interpreter interpreter, object? value, Arguments arguments);

/// <summary>All filters by name.</summary>
internal static class FilterCatalogue
{
    private static readonly Dictionary<string, Filter> Filters = new(StringComparer.Ordinal);

    static FilterCatalogue()
    {
        TextFilters.AddTo(Filters);
        SequenceFilters.AddTo(Filters);
        NumberFilters.AddTo(Filters);
        HumanizeFilters.AddTo(Filters);
        Filters["tojson"] = JsonFilter.Apply;
    }

    public static bool Contains(string name) => Filters.ContainsKey(name);

    public static bool TryGet(string name, [MaybeNullWhen(false)] out Filter filter) => Filters.TryGetValue(name, out filter);
}
