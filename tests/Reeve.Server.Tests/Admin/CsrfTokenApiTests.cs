using Reeve.Testing;

namespace Reeve.Server.Tests.Admin;

public sealed class CsrfTokenApiTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_client_has_one_token_which_changes_must_carry(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind, null, "PREFECT_SERVER_CSRF_PROTECTION_ENABLED=true");
        var (_, first) = await server.GetAsync("csrf-token?client=me");
        var (_, second) = await server.GetAsync("csrf-token?client=me");
        var (refused, _) = await server.PostAsync("flows/", """{"name":"a"}""");
        server.Http.DefaultRequestHeaders.Add("Prefect-Csrf-Client", "me");
        server.Http.DefaultRequestHeaders.Add("Prefect-Csrf-Token", (string)second!["token"]!);
        var (accepted, _) = await server.PostAsync("flows/", """{"name":"a"}""");

        Assert.Equal((403, 201), (refused, accepted));
        Assert.Equal((string?)first!["id"], (string?)second["id"]);
        Assert.NotEqual((string?)first["token"], (string?)second["token"]);
        Assert.Matches("^[0-9a-f]{64}$", (string)second["token"]!);
    }
}
