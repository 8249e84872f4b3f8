namespace Reeve.Contract.Variables;

public sealed class VariableFilterRequest
{
    public int Offset { get; set; }

    public VariableFilter? Variables { get; set; }

    public VariableSort Sort { get; set; } = VariableSort.NameAsc;

    public int? Limit { get; set; }
}
