using Reeve.Load;

return args switch
{
    ["events", ..] => await LoadCommand.RunAsync(args[1..], EventLoad.RunAsync),
    ["transitions", ..] => await LoadCommand.RunAsync(["--clients", "32", "--rounds", "100", .. args[1..]], TransitionLoad.RunAsync),
    ["backlog", ..] => await LoadCommand.RunAsync(args[1..], BacklogLoad.RunAsync),
    ["recorder", ..] => await LoadCommand.RunAsync(args[1..], RecorderLoad.RunAsync),
    ["routes", ..] => await LoadCommand.RunAsync(args[1..], RouteLoad.RunHotAsync),
    ["pages", ..] => await LoadCommand.RunAsync(["--clients", "1", "--rounds", "20", .. args[1..]], RouteLoad.RunPagesAsync),
    _ => await LoadCommand.RunAsync(args, LoadCommand.RunHotPathAsync),
};
