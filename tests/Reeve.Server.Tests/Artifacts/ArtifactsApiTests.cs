using Reeve.Testing;

namespace Reeve.Server.Tests.Artifacts;

public sealed class ArtifactsApiTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task The_newest_artifact_of_a_key_is_followed_by_the_one_before_it_when_it_goes(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (_, first) = await server.PostAsync("artifacts/", """{"key":"report","type":"table","data":[1]}""");
        var (_, firstRow) = await server.GetAsync("artifacts/report/latest");
        var (_, second) = await server.PostAsync("artifacts/", """{"key":"report","type":"markdown","data":"# 2"}""");
        var (_, secondRow) = await server.GetAsync("artifacts/report/latest");

        await server.DeleteAsync($"artifacts/{second!["id"]}");
        var (_, back) = await server.GetAsync("artifacts/report/latest");
        await server.DeleteAsync($"artifacts/{first!["id"]}");
        var (gone, _) = await server.GetAsync("artifacts/report/latest");

        Assert.Equal("table", (string?)firstRow!["type"]);
        Assert.Equal("markdown", (string?)secondRow!["type"]);
        Assert.Equal((string?)firstRow["id"], (string?)secondRow["id"]);
        Assert.Equal("[1]", back!["data"]!.ToJsonString());
        Assert.Equal(404, gone);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Each_change_of_the_newest_is_told_of_the_row_of_the_key(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("artifacts/", """{"key":"report","data":1}""");
        await server.PostAsync("artifacts/", """{"key":"report","data":2}""");
        await server.PostAsync("artifacts/", """{"data":3}""");
        var (_, row) = await server.GetAsync("artifacts/report/latest");

        var resource = $"prefect.artifact-collection.{row!["id"]}";
        var told = await server.Database.ScalarAsync<long>($"select count(*) from reeve_outbox where cast(event as text) like '%{resource}%'");
        var updated = await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox where cast(event as text) like '%artifact-collection.updated%'");

        Assert.Equal((2, 1), (told, updated));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Artifacts_are_found_by_key_type_and_what_left_them(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("artifacts/", """{"key":"sales-report","type":"table","data":1}""");
        await server.PostAsync("artifacts/", """{"type":"result","data":2}""");

        async Task<int> Count(string filter) => (await server.PostAsync("artifacts/count", filter)).Body!.GetValue<int>();

        Assert.Equal(1, await Count("""{"artifacts":{"key":{"like_":"REPORT"}}}"""));
        Assert.Equal(1, await Count("""{"artifacts":{"key":{"exists_":false}}}"""));
        Assert.Equal(1, await Count("""{"artifacts":{"type":{"not_any_":["result"]}}}"""));
        Assert.Equal(2, await Count("""{"artifacts":{"operator":"or_","type":{"any_":["result"]},"key":{"exists_":true}}}"""));
        Assert.Equal(0, await Count("""{"flow_runs":{"name":{"any_":["x"]}},"task_runs":{"name":{"any_":["y"]}}}"""));
        Assert.Equal(1, (await server.PostAsync("artifacts/latest/count")).Body!.GetValue<int>());
    }

    [Fact]
    public async Task Long_metadata_is_cut()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var (_, artifact) = await server.PostAsync("artifacts/", $$$$$"""{"metadata_":{"long":"{{{{{new string('x', 501)}}}}}","short":"y"}}""");

        Assert.Equal(new string('x', 500) + "...", (string?)artifact!["metadata_"]!["long"]);
        Assert.Equal("y", (string?)artifact["metadata_"]!["short"]);
    }
}
