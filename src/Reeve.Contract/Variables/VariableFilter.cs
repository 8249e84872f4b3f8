namespace Reeve.Contract.Variables;

public sealed class VariableFilter
{
    public Operator Operator { get; set; } = Operator.And;

    public VariableFilterId? Id { get; set; }

    public VariableFilterName? Name { get; set; }

    public VariableFilterTags? Tags { get; set; }
}
