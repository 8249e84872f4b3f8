using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Data;
using Reeve.Server.Automations.Actions;
using Reeve.Server.Automations.Triggers;
using Reeve.Server.Events;
using Reeve.Server.Services;
using Reeve.Testing;

namespace Reeve.Server.Tests.Automations;

/// <summary>A server whose event delivery, windows and actions run only when the test says so.</summary>
internal sealed class AutomationBench : IAsyncDisposable
{
    private AutomationBench(TestServer server) => Server = server;

    public TestServer Server { get; }

    public static async Task<AutomationBench> StartAsync(DatabaseKind kind, params string[] settings) =>
        new(await TestServer.StartAsync(kind, null, settings));

    /// <summary>A second replica on the same database and clock.</summary>
    public async Task<AutomationBench> StartBesideAsync(params string[] settings) => new(await Server.StartBesideAsync(null, settings));

    /// <summary>Makes an automation; its id.</summary>
    public async Task<Guid> CreateAsync(string trigger, string actions = """[{"type":"do-nothing"}]""", string name = "a", string more = "")
    {
        var (status, body) = await Server.PostAsync("automations/", $$"""{"name":"{{name}}","trigger":{{trigger}},"actions":{{actions}}{{more}}}""");
        Assert.True(status == 201, $"{status} {body}");
        return Guid.Parse(body!["id"]!.GetValue<string>());
    }

    public async Task<Guid> TellAsync(string name, string resource = "thing.1", string related = "[]", string labels = "", Guid? follows = null, Guid? id = null, TimeSpan ago = default)
    {
        var told = id ?? Guid.NewGuid();
        var occurred = (Server.Clock.GetUtcNow() - ago).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        var leader = follows is { } other ? $"\"{other}\"" : "null";
        var (status, body) = await Server.PostAsync(
            "events",
            $$"""
            [{"id":"{{told}}","event":"{{name}}","occurred":"{{occurred}}","resource":{"prefect.resource.id":"{{JsonEncodedText.Encode(resource)}}"{{labels}}},
              "related":{{related}},"payload":{"n":1},"follows":{{leader}}}]
            """);
        Assert.True(status == 204, $"{status} {body}");
        return told;
    }

    /// <summary>Delivers, lets windows end and acts until nothing is left to do.</summary>
    public async Task SettleAsync()
    {
        for (var round = 0; round < 200; round++)
        {
            var done = await RunAsync<EventRelay>() + await RunAsync<ProactiveTriggers>() + await RunAsync<ActionService>();
            if (done == 0) return;
        }
        Assert.Fail("It did not come to rest.");
    }

    public async Task DeliverAsync() => await RunAsync<EventRelay>();

    public async Task<int> RunAsync<T>()
        where T : Service
    {
        var service = Server.Server.Services.GetServices<Service>().OfType<T>().Single();
        var items = 0;
        while (true)
        {
            var outcome = await service.RunOnceAsync(CancellationToken.None);
            items += outcome.Items;
            if (!outcome.More) return items;
        }
    }

    public Task<long> CountAsync(string sql) => Server.Database.ScalarAsync<long>(sql);

    public Task<long> FiredAsync() => CountAsync("select count(*) from events where event = 'prefect.automation.triggered'");

    /// <summary>The stored events of a name, oldest first.</summary>
    public Task<List<JsonNode>> EventsAsync(string name) => Server.Server.Services.GetRequiredService<Db>().ListAsync(
        $"select id, event, resource, related, payload, follows from events where event = {name} order by occurred, id",
        static row => (JsonNode)new JsonObject
        {
            ["id"] = row.GetGuid(0).ToString(), ["event"] = row.GetString(1), ["resource"] = JsonNode.Parse(row.GetJson(2).Utf8.Span),
            ["related"] = JsonNode.Parse(row.GetJson(3).Utf8.Span), ["payload"] = JsonNode.Parse(row.GetJson(4).Utf8.Span), ["follows"] = row.GetGuidOrNull(5)?.ToString(),
        });

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
