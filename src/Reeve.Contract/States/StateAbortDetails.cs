namespace Reeve.Contract.States;

public sealed class StateAbortDetails : SetStateDetails
{
    public override string Type => "abort_details";

    public string? Reason { get; set; }
}
