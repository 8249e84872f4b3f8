using Reeve.Core;

namespace Reeve.Server.Automations.Actions;

/// <summary>An action of a firing, as it waits in the queue.</summary>
/// <param name="Id">The invocation.</param>
/// <param name="AutomationId">Whose action it is.</param>
/// <param name="FiringId">The firing it follows from.</param>
/// <param name="Index">Its place among the actions of the firing.</param>
/// <param name="Type">The kind of action.</param>
/// <param name="Body">Everything it needs, as <see cref="TriggeredAction"/> reads it.</param>
/// <param name="Depth">How far behind an outside cause it is.</param>
/// <param name="Attempts">How often it was begun, this time included.</param>
internal sealed record ActionTask(Guid Id, Guid AutomationId, Guid FiringId, int Index, string Type, RawJson Body, int Depth, int Attempts);
