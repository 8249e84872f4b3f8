namespace Reeve.Contract.Admin;

public sealed class ServerDefaultResultStorage
{
    public Guid? DefaultResultStorageBlockId { get; set; }
}
