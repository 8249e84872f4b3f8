using Reeve.Core;

namespace Reeve.Contract.WorkPools;

public sealed class WorkPoolStorageConfiguration
{
    public RawJson BundleUploadStep { get; set; }

    public RawJson BundleExecutionStep { get; set; }

    public Guid? DefaultResultStorageBlockId { get; set; }
}
