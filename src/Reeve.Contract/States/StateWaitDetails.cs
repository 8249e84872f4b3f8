namespace Reeve.Contract.States;

public sealed class StateWaitDetails : SetStateDetails
{
    public override string Type => "wait_details";

    public int DelaySeconds { get; set; }

    public string? Reason { get; set; }
}
