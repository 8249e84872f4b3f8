namespace Reeve.Cli;

/// <summary>What the exit code of a command means.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The command was understood and did not succeed; one line on the standard error says why.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The API cannot be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>Interrupted a second time, while ending.</summary>
    public const int Interrupted = 130;
}
