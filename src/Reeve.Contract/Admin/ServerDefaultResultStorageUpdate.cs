namespace Reeve.Contract.Admin;

public sealed class ServerDefaultResultStorageUpdate
{
    public Guid DefaultResultStorageBlockId { get; set; }
}
