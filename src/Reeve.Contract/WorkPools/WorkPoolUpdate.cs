using Reeve.Core;

namespace Reeve.Contract.WorkPools;

public sealed class WorkPoolUpdate
{
    public Optional<string?> Description { get; set; }

    public Optional<bool?> IsPaused { get; set; }

    public Optional<RawJson> BaseJobTemplate { get; set; }

    public Optional<int?> ConcurrencyLimit { get; set; }

    public Optional<WorkPoolStorageConfiguration?> StorageConfiguration { get; set; }
}
