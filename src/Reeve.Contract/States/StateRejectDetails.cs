namespace Reeve.Contract.States;

public sealed class StateRejectDetails : SetStateDetails
{
    public override string Type => "reject_details";

    public string? Reason { get; set; }
}
