namespace Reeve.Core.Automations;

/// <summary>The count of events of one trigger with the same key, in one window of time. A value: changes give a new one.</summary>
/// <param name="Start">Events before it are ignored.</param>
/// <param name="End">When the window ends; never counted itself.</param>
/// <param name="Count">How many were counted; −1 where the opening event is one that would count and must not.</param>
/// <param name="LastEvent">The last event that opened it or was counted.</param>
/// <param name="Operation">How it came about, in the words that are stored.</param>
public sealed record Bucket(DateTimeOffset Start, DateTimeOffset End, int Count, RawJson? LastEvent, string Operation)
{
    internal static Bucket Ensured(DateTimeOffset start, DateTimeOffset end, int count, RawJson? told) => new(start, end, count, told, "ensure_bucket[insert]");

    internal static Bucket Started(DateTimeOffset start, DateTimeOffset end, int count, RawJson? told, bool over) =>
        new(start, end, count, told, over ? "start_new_bucket[update]" : "start_new_bucket[insert]");
}
