using System.Globalization;
using Npgsql;

namespace Reeve.Seed;

/// <summary>Fills a migrated database from the command line.</summary>
internal static class SeedCommand
{
    private const string Usage =
        """
        Fills a database with runs, logs and events, most of them recent. The database must have its schema (reeve server database upgrade -y).

          Reeve.Seed --postgres "Host=…;Database=…" | --sqlite PATH  [--scale 0.01] [--seed 1]

        Scale 1 is 5 million flow runs, 20 million task runs, 20 million logs and 10 million events.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        var values = new Dictionary<string, string>();
        for (var i = 0; i + 1 < args.Length; i += 2) values[args[i]] = args[i + 1];
        if (args.Length % 2 != 0 || values.ContainsKey("--postgres") == values.ContainsKey("--sqlite"))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }
        var plan = new SeedPlan(
            double.Parse(values.GetValueOrDefault("--scale", "0.01"), CultureInfo.InvariantCulture),
            ulong.Parse(values.GetValueOrDefault("--seed", "1"), CultureInfo.InvariantCulture),
            TimeProvider.System.GetUtcNow());
        var bar = new ProgressBar(Console.Out, plan.Rows, TimeProvider.System);
        if (values.TryGetValue("--postgres", out var connection))
        {
            await using var source = NpgsqlDataSource.Create(connection);
            await Seeder.FillAsync(source, plan, bar.Report);
        }
        else
        {
            Seeder.Fill(values["--sqlite"], plan, bar.Report);
        }
        bar.Done();
        return 0;
    }
}
