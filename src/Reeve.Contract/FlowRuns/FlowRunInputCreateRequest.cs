namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunInputCreateRequest
{
    public string Key { get; set; } = "";

    public string Value { get; set; } = "";

    public string? Sender { get; set; }
}
