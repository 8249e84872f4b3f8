using Reeve.Contract.States;
using Reeve.Core;
using Reeve.Core.Orchestration;

namespace Reeve.Server.FlowRuns;

/// <summary>A state as somebody proposes it, before the server gives it an id and a time.</summary>
internal sealed record FlowRunProposal(StateType Type, string? Name = null, string? Message = null, RawJson? Data = null, StateDetails? Details = null)
{
    public static FlowRunProposal Of(StateCreate state) =>
        new(state.Type, state.Name, state.Message, state.Data.IsNull ? null : state.Data, state.StateDetails);

    public State ToState(TransitionContext context) => StateProposal.Create(Type, context, Name, Message, Data, Details);
}
