namespace Reeve.Contract.SavedSearches;

public sealed class SavedSearchCreate
{
    public string Name { get; set; } = "";

    public List<SavedSearchFilter> Filters { get; set; } = [];
}
