using Reeve.Contract.SavedSearches;
using Reeve.Data;

namespace Reeve.Server.SavedSearches;

[Row(typeof(SavedSearch))]
internal static partial class SavedSearchRow;
