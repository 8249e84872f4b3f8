namespace Reeve.Contract.States;

public sealed class SetStateRequest
{
    public StateCreate State { get; set; } = new();

    public bool Force { get; set; }
}
