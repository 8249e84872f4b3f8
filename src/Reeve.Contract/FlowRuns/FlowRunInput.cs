namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunInput
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public Guid FlowRunId { get; set; }

    public string Key { get; set; } = "";

    public string Value { get; set; } = "";

    public string? Sender { get; set; }
}
