using Reeve.Bench;

// Reeve.Bench schedules next
// Reeve.Bench schedules pass --program "dotnet exec .../reeve.dll" [--database URL] [--deployments 10000]
// Reeve.Bench work [part of a name]
// Reeve.Bench schedules installation --program "..." [--database URL] [--seconds 60]
var options = BenchOptions.Parse(args);
return (options.Word(0), options.Word(1)) switch
{
    ("work", var part) => Work.Run(part),
    ("schedules", "next") => SchedulesNext.Run(),
    ("schedules", "pass") => await SchedulesPass.RunAsync(options),
    ("schedules", "installation") => await SchedulesInstallation.RunAsync(options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Reeve.Bench work [NAME] | schedules next|pass|installation [--program COMMAND] [--database URL] [--deployments N] [--seconds N]");
    return 2;
}
