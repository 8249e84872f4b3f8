namespace Reeve.Core.Orchestration;

/// <summary>What the rules read from a task run's flow run.</summary>
/// <param name="State">Its current state, if it has one.</param>
/// <param name="RunCount">How often it entered running.</param>
public sealed record FlowRunFact(State? State, int RunCount);
