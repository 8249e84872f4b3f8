namespace Reeve.Core.Schedules.Batch;

/// <summary>A case of a batch that could not be read or came to no further instant.</summary>
/// <param name="Id">The case's id.</param>
/// <param name="Message">Field, problem and remedy.</param>
public sealed record ScheduleBatchFailure(string Id, string Message);
