namespace Reeve.Contract;

public sealed class UpdatedBy
{
    public Guid? Id { get; set; }

    public string? Type { get; set; }

    public string? DisplayValue { get; set; }
}
