namespace Reeve.Server.Diagnostics;

/// <summary>One thing that can be wrong with an installation, and how to see it. It only looks, and looks at little.</summary>
internal interface ICheck
{
    public string Name { get; }

    /// <summary>There is nothing to look at while the database is away.</summary>
    public bool NeedsDatabase { get; }

    /// <param name="now">The instant of the examination.</param>
    /// <param name="cancel">The check takes too long, or nobody waits for it any more.</param>
    public Task<CheckResult> RunAsync(DateTimeOffset now, CancellationToken cancel);
}
