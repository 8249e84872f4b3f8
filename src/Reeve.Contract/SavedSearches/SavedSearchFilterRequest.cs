namespace Reeve.Contract.SavedSearches;

public sealed class SavedSearchFilterRequest
{
    public int Offset { get; set; }

    public int? Limit { get; set; }
}
