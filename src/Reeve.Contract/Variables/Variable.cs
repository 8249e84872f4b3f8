using Reeve.Core;

namespace Reeve.Contract.Variables;

public sealed class Variable
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public string Name { get; set; } = "";

    public RawJson Value { get; set; }

    public List<string> Tags { get; set; } = [];
}
