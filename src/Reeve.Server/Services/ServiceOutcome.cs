namespace Reeve.Server.Services;

/// <summary>What one pass of a service came to.</summary>
/// <param name="Items">How many things it did.</param>
/// <param name="NextDue">When it knows to have work again; null: when it is woken, or after its interval.</param>
/// <param name="More">There is more to do already: run again at once.</param>
internal readonly record struct ServiceOutcome(int Items, DateTimeOffset? NextDue = null, bool More = false)
{
    public static ServiceOutcome Idle => default;

    /// <summary>Things it found to do and has not done.</summary>
    public int Backlog { get; init; }

    /// <summary>Since when the oldest of those has been waiting.</summary>
    public DateTimeOffset? Oldest { get; init; }
}
