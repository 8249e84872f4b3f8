namespace Reeve.Worker;

/// <summary>The worker cannot start as it was asked to; the message says what to change.</summary>
public sealed class WorkerException(string message) : Exception(message);
