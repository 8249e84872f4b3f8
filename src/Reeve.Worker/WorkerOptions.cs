namespace Reeve.Worker;

/// <summary>What a worker works on and how.</summary>
public sealed record WorkerOptions
{
    /// <summary>The work pool to poll.</summary>
    public required string Pool { get; init; }

    /// <summary>The worker's name; unique in its pool.</summary>
    public required string Name { get; init; }

    /// <summary>The type the pool must have, or is created with; null takes the pool's own.</summary>
    public string? Type { get; init; }

    /// <summary>Create the pool when it does not exist.</summary>
    public bool CreatePool { get; init; } = true;

    /// <summary>Poll only these queues of the pool; empty means all.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>Runs at a time; null means any number.</summary>
    public int? Limit { get; init; }

    /// <summary>Poll once, finish what was found, end.</summary>
    public bool RunOnce { get; init; }

    /// <summary>How far ahead of its time a run may be taken.</summary>
    public TimeSpan Prefetch { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between two polls.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between two signs of life.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between two looks for runs that are being cancelled, while there are runs.</summary>
    public TimeSpan CancellationPoll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between asking a process to end and ending it.</summary>
    public TimeSpan KillGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a stopping worker tries to report what became of its runs.</summary>
    public TimeSpan ReportGrace { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Environment of every run, over the worker's own: the settings in force, so that a run reaches the same API.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Send what runs print to the API.</summary>
    public bool SendLogs { get; init; } = true;

    /// <summary>Time between two batches of log lines.</summary>
    public TimeSpan LogInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes in one batch of log lines.</summary>
    public int LogBatchSize { get; init; } = 4_000_000;

    /// <summary>Bytes in one log line; longer ones are split.</summary>
    public int MaxLogSize { get; init; } = 1_000_000;
}
