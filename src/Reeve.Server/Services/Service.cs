using Reeve.Data;

namespace Reeve.Server.Services;

/// <summary>
/// Work that nobody waits for. A service only says what one pass is and when the next is due; <see cref="ServiceLoop"/>
/// owns time, failures and bookkeeping. A pass must be right beside passes of the same service in other processes.
/// </summary>
internal abstract class Service
{
    /// <summary>What the catalogue says of it.</summary>
    public abstract ServiceInfo Info { get; }

    public string Name => Info.Name;

    /// <summary>The longest sleep between two passes. With <see cref="Topics"/> or a next due instant it is only a safety net.</summary>
    public abstract TimeSpan Interval { get; }

    /// <summary>Topics of <see cref="DbTopics"/> that wake it.</summary>
    public virtual IReadOnlyList<string> Topics => [];

    /// <summary>What it answers to where services are chosen by name.</summary>
    public virtual IReadOnlyList<string> Names => [Name];

    /// <summary>Runs in every process that serves the API, whether or not it runs the other services.</summary>
    public virtual bool RunsWithApi => false;

    /// <summary>The longest a pass may take before it is cancelled and counted as failed.</summary>
    public virtual TimeSpan Deadline => TimeSpan.FromMinutes(5);

    /// <summary>How much it takes on at once, if it works in batches: halved by the loop after a pass that ran out of time.</summary>
    public virtual BatchSize? Batch => null;

    /// <summary>One pass. Throws on failure: the loop logs, backs off and tries again.</summary>
    public abstract Task<ServiceOutcome> RunOnceAsync(CancellationToken cancel);

    /// <summary>No pass comes any more: ends what goes on beside them, at once when told to. Does not throw.</summary>
    public virtual Task EndAsync(CancellationToken abandon) => Task.CompletedTask;
}
