using Microsoft.Extensions.DependencyInjection;
using Reeve.Data;
using Reeve.Testing;

namespace Reeve.Server.Tests.Filters;

/// <summary>Counts that take long are remembered for a while, quick ones never.</summary>
public sealed class SlowCountsTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite, "flow_runs/count")]
    [InlineData(DatabaseKind.Postgres, "flow_runs/count")]
    [InlineData(DatabaseKind.Sqlite, "task_runs/count")]
    public async Task A_quick_count_is_made_each_time(DatabaseKind kind, string path)
    {
        await using var server = await StartAsync(kind, took: TimeSpan.FromMilliseconds(99), path);
        Assert.Equal(0, await CountAsync(server, path));
        await AddRunsAsync(server);
        Assert.Equal(1, await CountAsync(server, path));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "flow_runs/count")]
    [InlineData(DatabaseKind.Postgres, "flow_runs/count")]
    [InlineData(DatabaseKind.Sqlite, "task_runs/count")]
    [InlineData(DatabaseKind.Sqlite, "flow_runs/paginate")]
    [InlineData(DatabaseKind.Sqlite, "task_runs/paginate")]
    public async Task A_slow_count_holds_for_a_minute_and_is_made_anew_beside_an_answer(DatabaseKind kind, string path)
    {
        await using var server = await StartAsync(kind, took: TimeSpan.FromSeconds(1), path);
        Assert.Equal(0, await CountAsync(server, path));
        await AddRunsAsync(server);

        server.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(0, await CountAsync(server, path));
        Assert.Equal(1, await CountAsync(server, path, untagged: true));

        // Past twenty times what it took: the old number once more, and a new one as soon as it is made.
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, await CountAsync(server, path));
        await Eventually.TrueAsync("after the old answer", path, async () => await CountAsync(server, path) == 1, "the count made anew");

        await AddRunsAsync(server);
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await CountAsync(server, path));
    }

    private static async Task<TestServer> StartAsync(DatabaseKind kind, TimeSpan took, string path)
    {
        var server = await TestServer.StartAsync(kind);
        var table = path.StartsWith("flow", StringComparison.Ordinal) ? "flow_run" : "task_run";
        server.Server.Services.GetRequiredService<Db>().OnStep = step =>
        {
            if (step.Statement?.StartsWith($"select count(*) from {table} r", StringComparison.Ordinal) == true) server.Clock.Advance(took);
        };
        return server;
    }

    private static async Task AddRunsAsync(TestServer server)
    {
        var (_, flow) = await server.PostAsync("flows/", """{"name":"counted"}""");
        var (_, run) = await server.PostAsync("flow_runs/", $$$"""{"flow_id":"{{{(string)flow!["id"]!}}}"}""");
        var (status, _) = await server.PostAsync("task_runs/", $$"""{"flow_run_id":"{{(string)run!["id"]!}}","task_key":"t","dynamic_key":"{{Guid.NewGuid()}}"}""");
        Assert.Equal(201, status);
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
