namespace Reeve.Contract.Variables;

public sealed class VariableCountRequest
{
    public VariableFilter? Variables { get; set; }
}
