namespace Reeve.Contract.Automations;

public sealed class AutomationUpdate
{
    public Optional<string> Name { get; set; }

    public Optional<string> Description { get; set; }

    public Optional<bool> Enabled { get; set; }

    public Optional<List<string>> Tags { get; set; }

    public Optional<Trigger> Trigger { get; set; }

    public Optional<List<AutomationAction>> Actions { get; set; }

    public Optional<List<AutomationAction>> ActionsOnTrigger { get; set; }

    public Optional<List<AutomationAction>> ActionsOnResolve { get; set; }
}
