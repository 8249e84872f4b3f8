namespace Reeve.Cli.Tests;

internal sealed record CliResult(int Code, string Out, string Error);
