using Reeve.Core;

namespace Reeve.Contract.Variables;

public sealed class VariableCreate
{
    public string Name { get; set; } = "";

    public RawJson Value { get; set; }

    public List<string> Tags { get; set; } = [];
}
