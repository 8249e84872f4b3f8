using Reeve.Cli;

return await CommandLineProgram.RunAsync(args, CliHost.FromProcess());
