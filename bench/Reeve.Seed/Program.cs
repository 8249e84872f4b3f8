using Reeve.Seed;

return await SeedCommand.RunAsync(args);
