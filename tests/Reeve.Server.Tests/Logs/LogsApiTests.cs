using System.Text;
using Reeve.Testing;

namespace Reeve.Server.Tests.Logs;

public sealed class LogsApiTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Logs_are_found_by_run_level_time_and_text(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var run = Guid.NewGuid();
        var (created, body) = await server.PostAsync("logs/", $"[{Log(run, 1, 20, "connection opened")},{Log(run, 2, 40, "Connection timeout: wörld")},{Log(run, 3, 30, "100% of \\u0000rows")},{Log(Guid.NewGuid(), 4, 50, "other")}]");

        Assert.Equal((201, null), (created, body));
        Assert.Equal(3, await CountAsync(server, $$"""{"flow_run_id":{"any_":["{{run}}"]} }"""));
        Assert.Equal(1, await CountAsync(server, $$"""{"flow_run_id":{"any_":["{{run}}"]},"level":{"ge_":40} }"""));
        Assert.Equal(2, await CountAsync(server, """{"timestamp":{"after_":"2024-01-01T00:00:02Z","before_":"2024-01-01T00:00:03Z"} }"""));
        Assert.Equal(2, await CountAsync(server, """{"text":{"query":"CONNECTION"} }"""));
        Assert.Equal(1, await CountAsync(server, """{"text":{"query":"connection -timeout"} }"""));
        Assert.Equal(1, await CountAsync(server, """{"text":{"query":"\"connection timeout\""} }"""));
        Assert.Equal(1, await CountAsync(server, """{"text":{"query":"100% of rows zzz"},"level":{"le_":30,"ge_":30} }"""));
        Assert.Equal(4, await CountAsync(server, """{"text":{"query":"my.logger"} }"""));
        Assert.Equal(0, await CountAsync(server, """{"text":{"query":"nothing-like-it"} }"""));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Logs_are_downloaded_as_CSV_in_order(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (_, flow) = await server.PostAsync("flows/", """{"name":"etl"}""");
        var (_, run) = await server.PostAsync("flow_runs/", $$"""{"flow_id":"{{flow!["id"]}}","name":"🚀 run"}""");
        var id = Guid.Parse((string)run!["id"]!);
        const int Lines = 2_500;
        await server.PostAsync("logs/", $"[{string.Join(',', Enumerable.Range(0, Lines).Select(i => Log(id, i, 20, i == 1 ? "a \\\"b\\\", c" : $"line {i}")))}]");

        using var answer = await server.Http.GetAsync($"flow_runs/{id}/logs/download");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            $"attachment; filename=\"flow-run-logs.csv\"; filename*=UTF-8''{Uri.EscapeDataString("🚀 run-logs.csv")}",
            Assert.Single(answer.Content.Headers.GetValues("Content-Disposition")));
        var lines = text.Split("\r\n");
        Assert.Equal("timestamp,level,flow_run_id,task_run_id,message", lines[0]);
        Assert.Equal($"2024-01-01 00:00:00+00:00,20,{id},,line 0", lines[1]);
        Assert.EndsWith(",\"a \"\"b\"\", c\"", lines[2], StringComparison.Ordinal);
        Assert.Equal(Lines + 2, lines.Length);
        Assert.Equal(404, (await server.GetAsync($"flow_runs/{Guid.NewGuid()}/logs/download")).Status);
    }

    private static string Log(Guid run, int second, int level, string message)
    {
        var at = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(second).ToString("O");
        return new StringBuilder($$"""{"name":"my.logger","level":{{level}},"timestamp":"{{at}}","flow_run_id":"{{run}}","message":" """.TrimEnd()).Append(message).Append("\"}").ToString();
    }

    private static async Task<int> CountAsync(TestServer server, string filter)
    {
        var (status, logs) = await server.PostAsync("logs/filter", $$"""{"logs":{{filter}}}""");
        Assert.True(status == 200, logs?.ToJsonString());
        return logs!.AsArray().Count;
    }
}
