namespace Reeve.Server.Retention;

/// <summary>Rows of one kind that are old enough to go, or that went.</summary>
/// <param name="Kind">Such as <c>events</c> or <c>logs of old flow runs</c>.</param>
/// <param name="Rows">How many.</param>
/// <param name="Bytes">What their columns hold; indexes and free space come on top. Not counted where rows were deleted.</param>
/// <param name="Before">What is older than this goes; null for rows that go because what they belong to is gone.</param>
public sealed record RetentionLine(string Kind, long Rows, long Bytes, DateTimeOffset? Before);
