using Microsoft.Extensions.Logging.Abstractions;
using Reeve.Server.Messaging;
using Reeve.Testing;
using StackExchange.Redis;

namespace Reeve.Server.Tests.Messaging;

public sealed class RedisBusTests : MessageBusContract
{
    private protected override async Task<BusPair> OpenAsync() => Pair(await RedisServer.SharedAsync());

    // The place from which a process reads is taken when somebody begins to listen.
    private protected override async Task<MessageSubscription> ListenAsync(IMessageBus bus, string topic = Topics.Events, int capacity = 1000)
    {
        var subscription = await base.ListenAsync(bus, topic, capacity);
        await Eventually.TrueAsync("subscribing", topic, () => Task.FromResult(((RedisBus)bus).IsReading(topic)), "a place in the stream");
        return subscription;
    }

    [Fact]
    public async Task What_this_process_publishes_it_gets_once_and_without_waiting_for_Redis()
    {
        await using var pair = await OpenAsync();
        using var own = await ListenAsync(pair.Here);
        using var other = await ListenAsync(pair.There);
        var messages = Messages(20);

        pair.Here.Publish(Topics.Events, messages);

        Assert.Equal(messages.Select(static each => each.Id), await ReadAsync(own, 20));
        await ReadAsync(other, 20);
        pair.There.Publish(Topics.Events, Messages(1));
        await ReadAsync(own, 1);
        Assert.False(own.TryRead(out _));
    }

    [Fact]
    public async Task Without_Redis_it_starts_and_serves_its_own_process()
    {
        var nobody = new ConfigurationOptions { AbortOnConnectFail = false, ConnectTimeout = 200, BacklogPolicy = BacklogPolicy.FailFast };
        nobody.EndPoints.Add("127.0.0.1", 1);
        await using var bus = new RedisBus(nobody, TimeProvider.System, NullLogger<RedisBus>.Instance);
        await bus.StartAsync(CancellationToken.None);
        using var subscription = bus.Subscribe(Topics.Events, 10, static () => { });

        bus.Publish(Topics.Events, Messages(3));

        Assert.Equal(3, (await ReadAsync(subscription, 3)).Count);
        Assert.False(bus.ReachesOthers);
        await Eventually.TrueAsync("dropping", "outgoing", () => Task.FromResult(bus.Dropped == 3), "three counted");
    }

    [Fact]
    public async Task When_Redis_comes_back_messages_flow_again()
    {
        int port;
        BusPair pair;
        using (var first = await RedisServer.StartAsync())
        {
            port = first.Port;
            pair = Pair(first);
            using var subscription = await ListenAsync(pair.There);
            pair.Here.Publish(Topics.Events, Messages(1));
            await ReadAsync(subscription, 1);
        }
        await Eventually.TrueAsync("losing", "Redis", () => Task.FromResult(!pair.There.ReachesOthers && !pair.Here.ReachesOthers), "both know");

        using var second = await RedisServer.StartAsync(port);
        await Eventually.TrueAsync("coming back", "Redis", () => Task.FromResult(pair.There.ReachesOthers && pair.Here.ReachesOthers), "both connected");
        using var again = await ListenAsync(pair.There);
        await Eventually.TrueAsync("flowing", "messages", () =>
        {
            pair.Here.Publish(Topics.Events, Messages(1));
            return Task.FromResult(again.TryRead(out _));
        }, "a message");
        await pair.DisposeAsync();
    }

    [Theory]
    [InlineData("redis://user:p%40ss@example.org:7000/3", "example.org:7000", 3, "user", "p@ss", false)]
    [InlineData("rediss://example.org", "example.org:6379", 0, null, null, true)]
    public void A_URL_wins_over_the_parts(string url, string endPoint, int database, string? user, string? password, bool tls)
    {
        var options = RedisConnection.Options(Settings(url));

        Assert.Equal((endPoint, database, user, password, tls), (
            options.EndPoints.Single().ToString()!.Replace("Unspecified/", "", StringComparison.Ordinal), options.DefaultDatabase, options.User, options.Password, options.Ssl));
        Assert.False(options.AbortOnConnectFail);
    }

    [Fact]
    public void A_URL_of_something_else_is_refused() => Assert.Throws<ArgumentException>(() => RedisConnection.Options(Settings("http://example.org")));

    private static Reeve.Settings.Views.MessagingSettings Settings(string url) => new(Reeve.Settings.ResolvedSettings.Load(new Reeve.Settings.SettingsInput
    {
        Environment = new Dictionary<string, string> { ["PREFECT_REDIS_MESSAGING_URL"] = url, ["PREFECT_HOME"] = Path.GetTempPath() },
        WorkingDirectory = Path.GetTempPath(),
        UserDirectory = Path.GetTempPath(),
    }));

    private static BusPair Pair(RedisServer server)
    {
        var prefix = $"test:{Guid.NewGuid():N}:";
        return new BusPair(Open(server, prefix), Open(server, prefix));
    }

    private static RedisBus Open(RedisServer server, string prefix)
    {
        var options = new ConfigurationOptions
        {
            AbortOnConnectFail = false, BacklogPolicy = BacklogPolicy.FailFast, ReconnectRetryPolicy = new LinearRetry(100), ConnectTimeout = 2000,
        };
        options.EndPoints.Add(server.Host, server.Port);
        var bus = new RedisBus(options, TimeProvider.System, NullLogger<RedisBus>.Instance, prefix);
        _ = bus.StartAsync(CancellationToken.None);
        return bus;
    }
}
