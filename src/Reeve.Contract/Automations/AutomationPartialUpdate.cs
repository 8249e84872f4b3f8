namespace Reeve.Contract.Automations;

public sealed class AutomationPartialUpdate
{
    public Optional<bool> Enabled { get; set; }
}
