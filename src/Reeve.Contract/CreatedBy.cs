namespace Reeve.Contract;

public sealed class CreatedBy
{
    public Guid? Id { get; set; }

    public string? Type { get; set; }

    public string? DisplayValue { get; set; }
}
