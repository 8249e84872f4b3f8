using Reeve.Core;

namespace Reeve.Contract.Flows;

public sealed class Flow
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public string Name { get; set; } = "";

    public List<string> Tags { get; set; } = [];

    public RawJson Labels { get; set; }
}
