using Reeve.Load;

return args is ["events", ..] ? await LoadCommand.RunEventsAsync(args[1..]) : await LoadCommand.RunAsync(args);
