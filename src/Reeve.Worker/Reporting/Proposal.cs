using Reeve.Core.Orchestration;

namespace Reeve.Worker.Reporting;

/// <summary>The server's decision about a proposed state.</summary>
/// <param name="Accepted">The run is in the proposed state.</param>
/// <param name="State">The state the run is in now, if the server said so.</param>
/// <param name="Reason">Why not, if it was not accepted.</param>
internal sealed record Proposal(bool Accepted, State? State, string? Reason);
