namespace Reeve.Contract.States;

public sealed class StateAcceptDetails : SetStateDetails
{
    public override string Type => "accept_details";
}
