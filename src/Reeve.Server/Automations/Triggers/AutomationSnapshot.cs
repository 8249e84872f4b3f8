namespace Reeve.Server.Automations.Triggers;

/// <summary>Tells one content of the automation table from another.</summary>
internal readonly record struct AutomationSnapshot(DateTimeOffset? Updated, int Count);
