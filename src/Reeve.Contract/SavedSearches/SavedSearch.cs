namespace Reeve.Contract.SavedSearches;

public sealed class SavedSearch
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public string Name { get; set; } = "";

    public List<SavedSearchFilter> Filters { get; set; } = [];
}
