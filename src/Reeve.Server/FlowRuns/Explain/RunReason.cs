namespace Reeve.Server.FlowRuns.Explain;

/// <summary>Something that has to do with why a flow run does not run.</summary>
/// <param name="Code">For machines; such as <c>queue_paused</c>.</param>
/// <param name="Message">For people: a sentence.</param>
/// <param name="Blocks">It keeps the run from being taken; false: it is only worth knowing.</param>
internal sealed record RunReason(string Code, string Message, bool Blocks = true)
{
    /// <summary>When it ends by itself.</summary>
    public DateTimeOffset? Until { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>The runs that hold what this one waits for; the first few.</summary>
    public IReadOnlyList<RunHolder> Holders { get; init; } = [];
}
