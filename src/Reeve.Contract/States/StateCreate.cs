using Reeve.Core;
using Reeve.Core.Orchestration;

namespace Reeve.Contract.States;

public sealed class StateCreate
{
    public StateType Type { get; set; }

    public string? Name { get; set; }

    public string? Message { get; set; }

    public RawJson Data { get; set; }

    public StateDetails StateDetails { get; set; } = StateDetails.Empty;
}
