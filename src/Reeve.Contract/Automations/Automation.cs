namespace Reeve.Contract.Automations;

public sealed class Automation
{
    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public bool Enabled { get; set; } = true;

    public List<string> Tags { get; set; } = [];

    public Trigger Trigger { get; set; } = null!;

    public List<AutomationAction> Actions { get; set; } = [];

    public List<AutomationAction> ActionsOnTrigger { get; set; } = [];

    public List<AutomationAction> ActionsOnResolve { get; set; } = [];

    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }
}
