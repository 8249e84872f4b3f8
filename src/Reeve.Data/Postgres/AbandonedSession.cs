namespace Reeve.Data.Postgres;

/// <summary>A session of a process that began a batch and did not send the rest of it.</summary>
/// <param name="Pid">PostgreSQL's process.</param>
/// <param name="Name">Its application_name: which process of ours, and what it did.</param>
/// <param name="Age">How old its transaction was.</param>
public sealed record AbandonedSession(int Pid, string Name, TimeSpan Age);
