using Reeve.Core;

namespace Reeve.Contract.Variables;

public sealed class VariableUpdate
{
    public Optional<string?> Name { get; set; }

    public Optional<RawJson> Value { get; set; }

    public Optional<List<string>?> Tags { get; set; }
}
