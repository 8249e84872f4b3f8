namespace Reeve.Server.Services;

/// <summary>How a service is doing, in one word.</summary>
internal enum ServiceState
{
    /// <summary>Another process, or nobody, runs it.</summary>
    Off,

    /// <summary>Its first pass has not ended yet.</summary>
    Starting,

    /// <summary>It sleeps or works, and its last pass went well.</summary>
    Healthy,

    /// <summary>Its last pass failed; it tries again.</summary>
    Failing,

    /// <summary>A pass is under way far beyond its deadline, or the loop has ended by itself.</summary>
    Stuck,
}
