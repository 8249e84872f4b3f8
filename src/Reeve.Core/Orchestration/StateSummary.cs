namespace Reeve.Core.Orchestration;

/// <summary>A state as events show it.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name; left out when empty.</param>
/// <param name="Message">Its message, shortened; left out when empty.</param>
/// <param name="PauseReschedule">For a paused state: whether the run is suspended.</param>
public sealed record StateSummary(StateType Type, string Name, string? Message, bool? PauseReschedule)
{
    private const int MessageLimit = 100_000;

    internal static StateSummary Of(State state) => new(
        state.Type,
        state.Name,
        Shorten(state.Message),
        state.Type == StateType.Paused ? state.StateDetails.PauseReschedule : null);

    /// <summary>A message of more than 100 000 characters loses its middle.</summary>
    public static string? Shorten(string? message)
    {
        if (message is null || message.Length <= MessageLimit)
        {
            return message;
        }

        const int Half = MessageLimit / 2;
        return $"{message.AsSpan(0, Half)}...{message.Length - MessageLimit} additional characters...{message.AsSpan(message.Length - Half)}";
    }
}
