using Reeve.Contract.FlowRuns;
using Reeve.Core.Orchestration;

namespace Reeve.Server.FlowRuns;

/// <summary>A node of a graph before its edges are known. The task run that stands for a subflow is shown as the subflow's run.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The id it is shown under.</param>
/// <param name="Label">What is written on it.</param>
/// <param name="StateType">Its state.</param>
/// <param name="Start">When it started, or was to start.</param>
/// <param name="End">When it ended.</param>
/// <param name="Inputs">The runs it was given results of, or runs within, by their ids.</param>
internal sealed record FlowRunGraphNode(
    NodeKind Kind, Guid Id, string Label, StateType StateType, DateTimeOffset Start, DateTimeOffset? End, List<(Guid Id, bool Encapsulates)> Inputs);
