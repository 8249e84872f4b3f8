using Microsoft.Extensions.DependencyInjection;
using Reeve.Data;
using Reeve.Server.Filters;
using Reeve.Testing;

namespace Reeve.Server.Tests.Filters;

/// <summary>Counts of many that take long are remembered for a while, quick ones and small ones never.</summary>
public sealed class SlowCountsTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite, "flow_runs/count", SlowCounts.Many, 99)]
    [InlineData(DatabaseKind.Postgres, "flow_runs/count", SlowCounts.Many, 99)]
    [InlineData(DatabaseKind.Sqlite, "task_runs/count", SlowCounts.Many, 99)]
    [InlineData(DatabaseKind.Sqlite, "flow_runs/count", SlowCounts.Many - 1, 60_000)]
    [InlineData(DatabaseKind.Sqlite, "task_runs/paginate", SlowCounts.Many - 1, 60_000)]
    public async Task A_quick_count_or_one_of_few_is_made_each_time(DatabaseKind kind, string path, int runs, int milliseconds)
    {
        await using var server = await StartAsync(kind, path, TimeSpan.FromMilliseconds(milliseconds));
        await AddRunsAsync(server, runs);
        Assert.Equal(runs, await CountAsync(server, path));
        await AddRunsAsync(server, 1);
        Assert.Equal(runs + 1, await CountAsync(server, path));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "flow_runs/count")]
    [InlineData(DatabaseKind.Postgres, "flow_runs/count")]
    [InlineData(DatabaseKind.Sqlite, "task_runs/count")]
    [InlineData(DatabaseKind.Sqlite, "flow_runs/paginate")]
    [InlineData(DatabaseKind.Sqlite, "task_runs/paginate")]
    public async Task A_slow_count_of_many_holds_for_a_minute_and_is_made_anew_beside_an_answer(DatabaseKind kind, string path)
    {
        const int Many = SlowCounts.Many;
        await using var server = await StartAsync(kind, path, TimeSpan.FromSeconds(1));
        await AddRunsAsync(server, Many);
        Assert.Equal(Many, await CountAsync(server, path));
        await AddRunsAsync(server, 1);

        server.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(Many, await CountAsync(server, path));
        Assert.Equal(Many + 1, await CountAsync(server, path, untagged: true));

        // Past twenty times what it took: the old number once more, and a new one as soon as it is made.
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Many, await CountAsync(server, path));
        await Eventually.TrueAsync("after the old answer", path, async () => await CountAsync(server, path) == Many + 1, "the count made anew");

        await AddRunsAsync(server, 1);
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Many + 2, await CountAsync(server, path));
    }

    private static async Task<TestServer> StartAsync(DatabaseKind kind, string path, TimeSpan took)
    {
        var server = await TestServer.StartAsync(kind);
        var table = path.StartsWith("flow", StringComparison.Ordinal) ? "flow_run" : "task_run";
        server.Server.Services.GetRequiredService<Db>().OnStep = step =>
        {
            if (step.Statement?.StartsWith($"select count(*) from {table} r", StringComparison.Ordinal) == true) server.Clock.Advance(took);
        };
        return server;
    }

    private static Task AddRunsAsync(TestServer server, int count)
    {
        var (numbers, id) = server.Database.Kind == DatabaseKind.Sqlite
            ? ($"(with recursive n(i) as (select 1 union all select i + 1 from n where i < {count}) select i from n)",
                "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))")
            : ($"(select i from generate_series(1, {count}) i)", "gen_random_uuid()");
        return server.Database.ExecuteAsync(
            $"""
            insert into flow (id, name) values ('00000000-0000-4000-8000-000000000001', 'counted') on conflict do nothing;
            insert into flow_run (id, flow_id, name, tags) select {id}, '00000000-0000-4000-8000-000000000001', 'r', '[]' from {numbers} n;
            insert into task_run (id, name, task_key, dynamic_key, tags) select {id}, 'n', 'k', 'd', '[]' from {numbers} n;
            """);
    }

    /// <summary>The number of all runs, or by another question that none of them fails.</summary>
    private static async Task<int> CountAsync(TestServer server, string path, bool untagged = false)
    {
        var kind = path.Split('/')[0];
        var (status, body) = await server.PostAsync(path, untagged ? $$$"""{"{{{kind}}}":{"tags":{"is_null_":true} } }""" : "{}");
        Assert.Equal(200, status);
        return (int)(path.EndsWith("/count", StringComparison.Ordinal) ? body! : body!["count"]!);
    }
}
