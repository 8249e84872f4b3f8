using Reeve.Load;

return await LoadCommand.RunAsync(args);
