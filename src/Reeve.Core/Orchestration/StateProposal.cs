namespace Reeve.Core.Orchestration;

/// <summary>Makes the states that are proposed to the rules.</summary>
public static class StateProposal
{
    /// <summary>
    /// A state proposed now: without a name it is named after its type, and a scheduled state without a time is due now.
    /// </summary>
    public static State Create(
        StateType type,
        TransitionContext context,
        string? name = null,
        string? message = null,
        RawJson? data = null,
        StateDetails? details = null)
    {
        details ??= StateDetails.Empty;
        if (type == StateType.Scheduled && details.ScheduledTime is null)
        {
            details = details with { ScheduledTime = context.Now };
        }

        return new State
        {
            Id = context.Source.NewStateId(context.Now),
            Type = type,
            Name = name ?? type.DefaultName(),
            Timestamp = context.Now,
            Message = message,
            Data = data is { IsNull: true } ? null : data,
            StateDetails = details,
        };
    }

    /// <summary>
    /// What resuming a paused run proposes: to run on, or for a suspended run to be scheduled now. Null if the run is not paused.
    /// </summary>
    public static State? Resume(State? current, TransitionContext context) => current switch
    {
        { Type: StateType.Paused, StateDetails.PauseReschedule: true } => Create(StateType.Scheduled, context, "Resuming"),
        { Type: StateType.Paused } => Create(StateType.Running, context),
        _ => null,
    };
}
