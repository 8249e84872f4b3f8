using Reeve.Core;

namespace Reeve.Contract.WorkPools;

public sealed class WorkPoolResponse
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public string Name { get; set; } = "";

    public string? Description { get; set; }

    public string Type { get; set; } = "";

    public RawJson BaseJobTemplate { get; set; } = RawJson.EmptyObject;

    public bool IsPaused { get; set; }

    public int? ConcurrencyLimit { get; set; }

    public WorkPoolStatus? Status { get; set; }

    public Guid? DefaultQueueId { get; set; }

    public WorkPoolStorageConfiguration StorageConfiguration { get; set; } = new();

    public int? ActiveSlots { get; set; }
}
