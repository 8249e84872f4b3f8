namespace Reeve.Server.Diagnostics;

/// <summary>How a check ended, from good to bad.</summary>
internal enum CheckStatus
{
    Ok,

    /// <summary>Work goes on; somebody should look at it.</summary>
    Warn,

    /// <summary>Something does not work.</summary>
    Fail,
}
