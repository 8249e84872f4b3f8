using Reeve.Cli;
using Reeve.Cli.Hosting;

// Before anything else touches the console, which fixes how signals are treated.
if (Invocation.IsProbe(args, out var address)) return await Invocation.ProbeAsync(address, Console.Error);
var calledPrefect = Invocation.IsPrefect(args, Invocation.Called());
args = Invocation.Arguments(args);
if (args is ["quickstart", ..]) TerminationSignals.HearInterrupts();
return await CommandLineProgram.RunAsync(args, CliHost.FromProcess(calledPrefect));
