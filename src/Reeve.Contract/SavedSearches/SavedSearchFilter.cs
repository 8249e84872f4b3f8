using Reeve.Core;

namespace Reeve.Contract.SavedSearches;

public sealed class SavedSearchFilter
{
    public string Object { get; set; } = "";

    public string Property { get; set; } = "";

    public string Type { get; set; } = "";

    public string Operation { get; set; } = "";

    public RawJson Value { get; set; }
}
