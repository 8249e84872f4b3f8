using Microsoft.Extensions.DependencyInjection;
using Reeve.Contract.Logs;
using Reeve.Server.Logs;
using Reeve.Testing;

namespace Reeve.Server.Tests.Logs;

[Collection(Alone.Name)]
public sealed class LogDownloadTests
{
    private static int Lines => Environment.GetEnvironmentVariable("REEVE_TEST_NIGHTLY") == "1" ? 1_000_000 : 100_000;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Memory_stays_flat_while_many_lines_are_downloaded(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var number = kind == DatabaseKind.Sqlite
            ? $"(with recursive n(i) as (select 1 union all select i + 1 from n where i < {Lines}) select i from n)"
            : $"(select i from generate_series(1, {Lines}) i)";
        var id = kind == DatabaseKind.Sqlite ? "printf('00000000-0000-4000-9000-%012d', i)" : "('00000000-0000-4000-9000-' || lpad(i::text, 12, '0'))::uuid";
        // On SQLite all lines are of one instant, which is the most to sort.
        var at = kind == DatabaseKind.Sqlite ? "'2026-03-02 10:00:00.000000'" : "'2026-03-02 10:00:00Z'::timestamptz + (i / 10) * interval '1 ms'";
        await server.Database.ExecuteAsync(
            $"""
            insert into flow (id, name) values ('00000000-0000-4000-8000-000000000001', 'f');
            insert into flow_run (id, flow_id, name) values ('00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-000000000001', 'long');
            insert into log (id, name, level, message, timestamp, flow_run_id)
            select {id}, 'prefect.flow_runs', 20, 'line ' || i || ' of a long run with a message of some length, as most are', {at}, '00000000-0000-4000-8000-00000000000a' from {number} s;
            """);
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var nativeBefore = SQLitePCL.raw.sqlite3_memory_used();
        var (most, nativeMost) = (0L, 0L);
        var lines = 0;

        using (var answer = await server.Http.GetAsync("flow_runs/00000000-0000-4000-8000-00000000000a/logs/download", HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.Equal(200, (int)answer.StatusCode);
            await using var body = await answer.Content.ReadAsStreamAsync();
            var buffer = new byte[64 * 1024];
            for (var chunk = 0; await body.ReadAsync(buffer) is var read and > 0; chunk++)
            {
                lines += buffer.AsSpan(0, read).Count((byte)'\n');
                // What is alive, not what is waiting to be collected.
                if (chunk % 50 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
                // SQLite's own, for its pages and for sorting.
                nativeMost = Math.Max(nativeMost, SQLitePCL.raw.sqlite3_memory_used() - nativeBefore);
            }
        }

        Assert.Equal(Lines + 1, lines);
        Assert.True(most < 8_000_000, $"{most} bytes were alive in the middle of {lines} lines");
        Assert.True(nativeMost < 16_000_000, $"SQLite held {nativeMost} bytes in the middle of {lines} lines");
        if (kind == DatabaseKind.Sqlite) Assert.True(nativeMost > 0, "SQLite does not tell what it holds: the test sees nothing.");
    }

    [Fact]
    public async Task A_client_that_takes_its_time_with_a_download_holds_no_connection()
    {
        await using var server = await TestServer.StartAsync(
            DatabaseKind.Postgres, null, "PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_SIZE=1", "PREFECT_SERVER_DATABASE_SQLALCHEMY_MAX_OVERFLOW=0", "PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_TIMEOUT=5");
        var run = Guid.NewGuid();
        // Many of one instant, so that pages end within it.
        var lines = Enumerable.Range(0, 1200).Select(i => $$"""{"name":"n","level":20,"message":"{{i}}","timestamp":"2026-03-02T12:00:0{{i / 400}}Z","flow_run_id":"{{run}}"}""");
        Assert.Equal(201, (await server.PostAsync("logs/", $"[{string.Join(',', lines)}]")).Status);
        var read = new List<Log>();

        await foreach (var line in server.Server.Services.GetRequiredService<LogStore>().StreamAsync(run, default))
        {
            if (read.Count is 0 or 600) Assert.Equal(200, (await server.PostAsync("logs/filter", """{"limit":1}""")).Status);
            read.Add(line);
        }

        Assert.Equal(1200, read.DistinctBy(static line => line.Id).Count());
        Assert.Equal(read.OrderBy(static line => line.Timestamp).ThenBy(static line => line.Id.ToString(), StringComparer.Ordinal), read);
    }
}
