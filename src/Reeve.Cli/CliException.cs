namespace Reeve.Cli;

/// <summary>The command cannot do what it was asked to; the message is one line for people.</summary>
internal sealed class CliException(string message, int exitCode = ExitCode.Failure) : Exception(message)
{
    public int Code { get; } = exitCode;
}
