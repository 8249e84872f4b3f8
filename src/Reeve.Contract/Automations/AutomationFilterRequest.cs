namespace Reeve.Contract.Automations;

public sealed class AutomationFilterRequest
{
    public AutomationSort Sort { get; set; } = AutomationSort.NameAsc;

    public int Offset { get; set; }

    public AutomationFilter? Automations { get; set; }

    public int? Limit { get; set; }
}
