namespace Reeve.Server.Automations.Actions;

/// <summary>An action cannot be done, and trying again would not help. The message is what its failed event gives as the reason.</summary>
internal sealed class ActionFailure(string reason) : Exception(reason);
