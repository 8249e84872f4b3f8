using Reeve.Cli;
using Reeve.Cli.Hosting;

// Before anything else touches the console, which fixes how signals are treated.
if (args is ["quickstart", ..]) TerminationSignals.HearInterrupts();
return await CommandLineProgram.RunAsync(args, CliHost.FromProcess());
