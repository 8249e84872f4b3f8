using Reeve.Core;

namespace Reeve.Contract.Flows;

public sealed class FlowCreate
{
    public string Name { get; set; } = "";

    public List<string> Tags { get; set; } = [];

    public RawJson Labels { get; set; }
}
