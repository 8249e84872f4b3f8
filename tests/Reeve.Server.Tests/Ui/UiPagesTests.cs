using System.Net;
using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.Server.Tests.Ui;

/// <summary>Built pages in a directory: served under their paths, beside the API.</summary>
public sealed class UiPagesTests
{
    [Fact]
    public async Task Two_pages_are_served_and_a_browser_is_sent_to_the_one_it_prefers()
    {
        using var folder = new TempDirectory();
        Build(folder, "v1");
        Build(folder, "v2");
        await using var server = await StartAsync(folder);
        using var http = Browser(server);

        var neutral = await GetAsync(http, "/?tab=a", navigate: true);
        var chosen = await GetAsync(http, "/", navigate: true, cookie: "prefect_ui_version=v1");
        var (deepType, deep) = await TextAsync(http, "/flows/flow/1", navigate: true);
        var (_, newer) = await TextAsync(http, "/v2/runs/flow-run/1", navigate: true);
        var (scriptType, script) = await TextAsync(http, "/v2/assets/app.js", navigate: false);
        var settings = JsonNode.Parse((await TextAsync(http, "/ui-settings", navigate: false)).Text)!;

        Assert.Equal((307, "/v2/?tab=a"), ((int)neutral.StatusCode, neutral.Headers.Location!.OriginalString));
        Assert.Equal(200, (int)chosen.StatusCode);
        Assert.Equal(("text/html", "page v1 at []"), (deepType, deep));
        Assert.Equal("page v2 at [/v2]", newer);
        Assert.Equal(("text/javascript", "fetch('/v2/ui-settings')"), (scriptType, script));
        Assert.Equal("""["v1","v2"]""", settings["available_uis"]!.ToJsonString());
        Assert.Equal(("v2", "/", "/v2"), ((string?)settings["default_ui"], (string?)settings["v1_base_url"], (string?)settings["v2_base_url"]));
    }

    [Fact]
    public async Task The_api_keeps_its_own_answers_beside_a_page()
    {
        using var folder = new TempDirectory();
        Build(folder, "v1");
        await using var server = await StartAsync(folder);
        using var http = Browser(server);

        Assert.Equal(404, (int)(await GetAsync(http, "/api/nothing", navigate: true)).StatusCode);
        Assert.Equal(405, (int)(await GetAsync(http, "/api/flow_runs/", navigate: true)).StatusCode);
        Assert.Contains("Reeve", (await TextAsync(http, "/docs", navigate: true)).Text, StringComparison.Ordinal);
        using var post = await http.PostAsync("/flows", null);
        Assert.Equal(404, (int)post.StatusCode);
    }

    [Fact]
    public async Task A_page_may_be_the_directory_itself_and_stand_under_a_path()
    {
        using var folder = new TempDirectory();
        Build(folder, ".");
        await using var server = await StartAsync(folder, "PREFECT_UI_SERVE_BASE=/prefect");
        using var http = Browser(server);

        var (_, page) = await TextAsync(http, "/prefect/flows", navigate: true);
        var (_, older) = await TextAsync(http, "/prefect", navigate: true);
        var elsewhere = await GetAsync(http, "/prefect/v2/flows", navigate: true);
        var outside = await GetAsync(http, "/flows", navigate: true);
        var settings = JsonNode.Parse((await TextAsync(http, "/prefect/ui-settings", navigate: false)).Text)!;

        Assert.Equal("page . at [/prefect]", page);
        Assert.Equal(page, older);
        Assert.Equal((307, "/prefect/flows"), ((int)elsewhere.StatusCode, elsewhere.Headers.Location!.OriginalString));
        Assert.Equal(404, (int)outside.StatusCode);
        Assert.Equal(("v1", "/prefect"), ((string?)settings["default_ui"], (string?)settings["v1_base_url"]));
        Assert.Null(settings["v2_base_url"]);
    }

    [Theory]
    [InlineData("/v2/..%2f..%2fsecret.txt")]
    [InlineData("/v2/%2e%2e/secret.txt")]
    [InlineData("/v2/..%5c..%5csecret.txt")]
    [InlineData("/v2//etc/passwd")]
    public async Task Nothing_outside_the_directory_is_served(string path)
    {
        using var folder = new TempDirectory();
        Build(folder, "v2");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "secret.txt"), "secret");
        await using var server = await StartAsync(folder);
        using var http = Browser(server);

        var answer = await GetAsync(http, path, navigate: false);

        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("root:", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_sent_again_only_when_it_changed_and_not_at_all_for_head()
    {
        using var folder = new TempDirectory();
        Build(folder, "v2");
        await using var server = await StartAsync(folder);
        using var http = Browser(server);
        var first = await GetAsync(http, "/v2/assets/app.js", navigate: false);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/v2/assets/app.js");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var head = new HttpRequestMessage(HttpMethod.Head, "/v2/assets/logo.svg");

        Assert.Equal(304, (int)(await http.SendAsync(again)).StatusCode);
        var answer = await http.SendAsync(head);
        Assert.Equal((200, "image/svg+xml", 6L), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task Without_a_page_a_browser_is_told_and_a_program_gets_404()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var http = Browser(server);

        var (_, page) = await TextAsync(http, "/", navigate: true);
        var program = await GetAsync(http, "/", navigate: false);
        var deep = await GetAsync(http, "/flows", navigate: true);
        var settings = JsonNode.Parse((await TextAsync(http, "/ui-settings", navigate: false)).Text)!;

        Assert.Contains("PREFECT_UI_STATIC_DIRECTORY", page, StringComparison.Ordinal);
        Assert.Equal((404, 404), ((int)program.StatusCode, (int)deep.StatusCode));
        Assert.NotNull(JsonNode.Parse(await deep.Content.ReadAsStringAsync())!["detail"]);
        Assert.Empty(settings["available_uis"]!.AsArray());
    }

    private static void Build(TempDirectory folder, string version)
    {
        var assets = Directory.CreateDirectory(Path.Combine(folder.Path, version, "assets")).FullName;
        File.WriteAllText(Path.Combine(folder.Path, version, "index.html"), $"page {version} at [/PREFECT_UI_SERVE_BASE_REPLACE_PLACEHOLDER]");
        File.WriteAllText(Path.Combine(assets, "app.js"), "fetch('/PREFECT_UI_SERVE_BASE_REPLACE_PLACEHOLDER/ui-settings')");
        File.WriteAllText(Path.Combine(assets, "logo.svg"), "<svg/>");
    }

    private static Task<TestServer> StartAsync(TempDirectory folder, params string[] settings) =>
        TestServer.StartAsync(DatabaseKind.Sqlite, null, [$"PREFECT_UI_STATIC_DIRECTORY={folder.Path}", .. settings]);

    private static HttpClient Browser(TestServer server) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(server.Server.Address) };

    private static async Task<HttpResponseMessage> GetAsync(HttpClient http, string path, bool navigate, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (navigate) request.Headers.Add("Accept", "text/html,application/xhtml+xml");
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        return await http.SendAsync(request);
    }

    private static async Task<(string? Type, string Text)> TextAsync(HttpClient http, string path, bool navigate)
    {
        using var answer = await GetAsync(http, path, navigate);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
    }
}
