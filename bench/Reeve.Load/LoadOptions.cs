using System.Globalization;

namespace Reeve.Load;

/// <summary>What is measured: where, by how many clients at once, for how many rounds each.</summary>
internal sealed record LoadOptions(Uri Api, int? ServerProcess, int? DatabaseProcess, int Clients, int Rounds, int WarmUp, int Readers, double Hours, bool Json)
{
    /// <summary>One or more servers, over which the clients of the hot path are spread.</summary>
    public required IReadOnlyList<Uri> Apis { get; init; }

    /// <summary>Whose CPU time is counted there; none to count none.</summary>
    public required IReadOnlyList<int> ServerProcesses { get; init; }

    /// <summary>The longest the hot path goes on, whatever the rounds; null for no limit.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>Rounds of the hot path a second, of all clients together; null for as many as they can.</summary>
    public double? RunRate { get; init; }

    /// <summary>Automations to make first.</summary>
    public int Automations { get; init; }

    /// <summary>Events in all, where that is the measure.</summary>
    public int Events { get; init; }

    /// <summary>Events a second to send.</summary>
    public int Rate { get; init; }

    public const string Usage =
        """
        The client's hot path against a running server: create a run, Pending, Running, 5 log lines, Completed, read it, list 10.

          Reeve.Load --url http://127.0.0.1:4200/api [--pid SERVER] [--clients 8] [--rounds 200] [--warm-up 20]
                     [--seconds LIMIT] [--run-rate RUNS-A-SECOND]

        Several servers and processes, separated by commas, share the clients.

          Reeve.Load transitions --url http://127.0.0.1:4200/api [--pid SERVER] [--clients 32] [--rounds 100] [--warm-up 20]

        Only changes of state, of runs made before: Pending to Submitting, Running, Completed.

          Reeve.Load events --url http://127.0.0.1:4200/api [--pid SERVER] [--clients 8] [--rounds 200] [--readers 500] [--automations 0]

        Events from request to table, 50 in a request, and then one event for each round to all the readers. With --automations so many
        are made first, one in a hundred of which looks at every event.

          Reeve.Load backlog --url http://127.0.0.1:4200/api --pid SERVER [--clients 8] [--events 40000]

        Events to a server without services: nobody takes them, and they must wait in the database. Prints the memory of the server.

          Reeve.Load recorder --url http://127.0.0.1:4200/api [--pid SERVER] [--clients 8] [--rate 2000] [--events 40000]

        Task runs that report by websocket at a rate, and how long it takes until a run that is asked for has its new state.

          Reeve.Load routes --url http://127.0.0.1:4200/api [--pid SERVER] [--clients 8] [--rounds 200] [--warm-up 20] [--json]

        The twenty routes that clients, workers and the page ask for most, one after the other, over a database filled by Reeve.Seed.

          Reeve.Load pages --url http://127.0.0.1:4200/api [--pid SERVER] [--clients 1] [--rounds 20] [--hours 2] [--json]

        Every list, count and history of the page, with windows of the last so many hours, over a database filled by Reeve.Seed.

        With --pid the CPU time of that process is read from /proc and requests per CPU-second are printed; with --database-pid, of routes and
        pages, that of PostgreSQL (its postmaster) a request. On a machine that does other things too, they tell more than the milliseconds.
        """;

    public static LoadOptions? Parse(string[] args)
    {
        var json = args.Contains("--json");
        args = [.. args.Where(static word => word != "--json")];
        var values = new Dictionary<string, string>();
        for (var i = 0; i + 1 < args.Length; i += 2) values[args[i]] = args[i + 1];
        if (args.Length % 2 != 0 || !values.TryGetValue("--url", out var url)) return null;
        int Number(string name, int otherwise) =>
            values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        Uri[] apis = [.. url.Split(',').Select(static one => new Uri(one.TrimEnd('/') + "/"))];
        int[] processes = values.TryGetValue("--pid", out var pids) ? [.. pids.Split(',').Select(static pid => int.Parse(pid, CultureInfo.InvariantCulture))] : [];
        return new LoadOptions(
            apis[0],
            processes.Length > 0 ? processes[0] : null,
            values.ContainsKey("--database-pid") ? Number("--database-pid", 0) : null,
            Number("--clients", 8), Number("--rounds", 200), Number("--warm-up", 20), Number("--readers", 500),
            double.Parse(values.GetValueOrDefault("--hours", "2"), CultureInfo.InvariantCulture), json)
        {
            Apis = apis, ServerProcesses = processes,
            Limit = values.ContainsKey("--seconds") ? TimeSpan.FromSeconds(Number("--seconds", 0)) : null,
            RunRate = values.ContainsKey("--run-rate") ? Number("--run-rate", 0) : null,
            Automations = Number("--automations", 0), Events = Number("--events", 40_000), Rate = Number("--rate", 2000),
        };
    }
}
