using Reeve.Core.Orchestration;

namespace Reeve.Worker.Process;

/// <summary>How a process ended, as the state to report.</summary>
internal sealed record RunEnd(StateType State, string? Message);
