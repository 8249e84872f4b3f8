using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Server.Tests.Http;

public sealed class TransportTests
{
    [Fact]
    public async Task What_no_route_takes_is_told_as_json()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);

        Assert.Equal((404, "Not Found"), await DetailAsync(server, HttpMethod.Get, "nope"));
        Assert.Equal((404, "Not Found"), await DetailAsync(server, HttpMethod.Get, "flows/not-a-uuid"));
        Assert.Equal((405, "Method Not Allowed"), await DetailAsync(server, HttpMethod.Get, "flows/filter"));
        using var wrong = await server.Http.PutAsync("flows/filter", null);
        Assert.Equal("POST", string.Join(',', wrong.Content.Headers.Allow));
    }

    [Fact]
    public async Task Routes_of_the_api_do_not_answer_head_and_pages_do()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);

        Assert.Equal(405, await StatusAsync(server, HttpMethod.Head, "health"));
        Assert.Equal(200, await StatusAsync(server, HttpMethod.Head, "openapi.json"));
        Assert.Equal(200, await StatusAsync(server, HttpMethod.Head, "docs"));
        Assert.Equal(200, await StatusAsync(server, HttpMethod.Head, "/docs"));
    }

    [Fact]
    public async Task The_document_is_served_in_two_forms()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite, null, "PREFECT_SERVER_API_AUTH_STRING=me:secret");

        var beside = JsonNode.Parse(await server.Http.GetStringAsync("/openapi.json"))!;
        Assert.Equal(401, await StatusAsync(server, HttpMethod.Get, "openapi.json"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "openapi.json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("me:secret"u8));
        using var answer = await server.Http.SendAsync(request);
        var mounted = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.Null(beside["servers"]);
        Assert.Equal("/api", mounted["servers"]![0]!["url"]!.GetValue<string>());
        Assert.Equal("0.1.0", mounted["info"]!["version"]!.GetValue<string>());
        Assert.Equal(beside["paths"]!.ToJsonString(), mounted["paths"]!.ToJsonString());
    }

    [Fact]
    public async Task A_missing_or_extra_slash_is_sent_to_the_right_place()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

        using var missing = await client.PostAsync(server.Server.Address + "/api/flows?a=b", null);
        using var extra = await client.GetAsync(server.Server.Address + "/api/health/");

        Assert.Equal((HttpStatusCode)307, missing.StatusCode);
        Assert.Equal(server.Server.Address + "/api/flows/?a=b", missing.Headers.Location!.ToString());
        Assert.Equal((HttpStatusCode)307, extra.StatusCode);
        Assert.Equal(server.Server.Address + "/api/health", extra.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Credentials_guard_the_mount_and_nothing_beside_it()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite, null, "PREFECT_SERVER_API_AUTH_STRING=me:secret");

        Assert.Equal(200, await StatusAsync(server, HttpMethod.Get, "health"));
        Assert.Equal(200, await StatusAsync(server, HttpMethod.Get, "ready"));
        Assert.Equal(200, await StatusAsync(server, HttpMethod.Get, "/docs"));
        Assert.Equal(401, await StatusAsync(server, HttpMethod.Get, "version"));
        Assert.Equal(401, await StatusAsync(server, HttpMethod.Get, "nope"));
        Assert.Equal(401, await StatusAsync(server, HttpMethod.Get, "flows/filter"));
        Assert.Equal(200, await StatusAsync(server, HttpMethod.Get, "version", ("Authorization", "Basic " + Convert.ToBase64String("me:secret"u8))));
        Assert.Equal(401, await StatusAsync(server, HttpMethod.Get, "version", ("Authorization", "basic " + Convert.ToBase64String("me:secret"u8))));
        Assert.Equal(401, await StatusAsync(server, HttpMethod.Get, "version", ("Authorization", "Basic " + Convert.ToBase64String("me:wrong"u8))));
    }

    [Fact]
    public async Task A_change_needs_a_csrf_token_when_that_is_on()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite, null, "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED=true");
        var (_, token) = await server.GetAsync("csrf-token?client=me");
        var value = token!["token"]!.GetValue<string>();

        Assert.Equal(403, await StatusAsync(server, HttpMethod.Post, "flows/filter"));
        Assert.Equal(403, await StatusAsync(server, HttpMethod.Post, "nope"));
        Assert.Equal(403, await StatusAsync(server, HttpMethod.Post, "flows/filter", ("Prefect-Csrf-Token", value)));
        Assert.Equal(403, await StatusAsync(server, HttpMethod.Post, "flows/filter", ("Prefect-Csrf-Token", value), ("Prefect-Csrf-Client", "you")));
        Assert.Equal(200, await StatusAsync(server, HttpMethod.Post, "flows/filter", ("Prefect-Csrf-Token", value), ("Prefect-Csrf-Client", "me")));
        Assert.Equal(200, await StatusAsync(server, HttpMethod.Get, "health"));
    }

    [Theory]
    [InlineData("version", "abc", 200)]
    [InlineData("hello", "abc", 400)]
    [InlineData("hello", "", 200)]
    [InlineData("hello", "0.7.9", 400)]
    [InlineData("hello", "0.8.0", 200)]
    [InlineData("hello", "9.0.0", 200)]
    public async Task The_version_a_client_speaks_is_checked(string path, string version, int wanted)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        Assert.Equal(wanted, await StatusAsync(server, HttpMethod.Get, path, ("X-PREFECT-API-VERSION", version)));
    }

    [Fact]
    public async Task Answers_are_compressed_where_they_are_long()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);

        using var shortAnswer = await SendAsync(server, HttpMethod.Get, "health", ("Accept-Encoding", "gzip"));
        using var longAnswer = await SendAsync(server, HttpMethod.Get, "/docs", ("Accept-Encoding", "gzip"));

        Assert.Empty(shortAnswer.Content.Headers.ContentEncoding);
        Assert.Equal(["gzip"], longAnswer.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Pages_of_other_origins_may_ask_and_read_errors_too()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);

        using var asked = await SendAsync(
            server, HttpMethod.Options, "flows/filter", ("Origin", "http://ui"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type,prefect-csrf-token"));
        using var missing = await SendAsync(server, HttpMethod.Get, "nope", ("Origin", "http://ui"));

        Assert.True(asked.IsSuccessStatusCode);
        Assert.Equal("*", asked.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("*", missing.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(missing.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task The_mount_is_where_the_setting_says()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite, null, "PREFECT_SERVER_API_BASE_PATH=/base/v1");

        Assert.Equal(200, await StatusAsync(server, HttpMethod.Get, "/base/v1/health"));
        Assert.Equal(404, await StatusAsync(server, HttpMethod.Get, "/api/health"));
        var document = JsonNode.Parse(await server.Http.GetStringAsync("/base/v1/openapi.json"))!;
        Assert.Equal("/base/v1", document["servers"]![0]!["url"]!.GetValue<string>());
    }

    private static async Task<(int Status, string Detail)> DetailAsync(TestServer server, HttpMethod method, string path)
    {
        var (status, body) = await server.SendAsync(method, path);
        return (status, body!["detail"]!.GetValue<string>());
    }

    private static async Task<int> StatusAsync(TestServer server, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var answer = await SendAsync(server, method, path, headers);
        return (int)answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(TestServer server, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post) request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await server.Http.SendAsync(request);
    }
}
