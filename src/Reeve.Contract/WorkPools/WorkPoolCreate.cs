using Reeve.Core;

namespace Reeve.Contract.WorkPools;

public sealed class WorkPoolCreate
{
    public string Name { get; set; } = "";

    public string? Description { get; set; }

    public string Type { get; set; } = "prefect-agent";

    public RawJson BaseJobTemplate { get; set; } = RawJson.EmptyObject;

    public bool IsPaused { get; set; }

    public int? ConcurrencyLimit { get; set; }

    public WorkPoolStorageConfiguration StorageConfiguration { get; set; } = new();
}
