namespace Reeve.Server.Automations.Triggers;

/// <summary>Tells one content of the automation table from another.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Times">A sum of the times of their last change. The newest alone would not do: a server whose clock is behind may have changed one since.</param>
internal readonly record struct AutomationSnapshot(int Count, string? Times);
