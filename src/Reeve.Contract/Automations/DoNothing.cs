namespace Reeve.Contract.Automations;

public sealed class DoNothing : AutomationAction
{
    public override string Type => "do-nothing";
}
