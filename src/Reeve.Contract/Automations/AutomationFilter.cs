namespace Reeve.Contract.Automations;

public sealed class AutomationFilter
{
    public Operator Operator { get; set; } = Operator.And;

    public AutomationFilterName? Name { get; set; }

    public AutomationFilterCreated? Created { get; set; }

    public AutomationFilterTags? Tags { get; set; }
}
