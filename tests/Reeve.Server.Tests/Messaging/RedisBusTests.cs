using Microsoft.Extensions.Logging.Abstractions;
using Reeve.Server.Messaging;
using Reeve.Testing;
using StackExchange.Redis;

namespace Reeve.Server.Tests.Messaging;

public sealed class RedisBusTests : MessageBusContract
{
    private protected override async Task<BusPair> OpenAsync()
    {
        var pair = Pair(await RedisServer.SharedAsync());
        // What is published before there is a connection may be dropped.
        await Eventually.TrueAsync("connecting", "Redis", () => Task.FromResult(pair.Here.ReachesOthers && pair.There.ReachesOthers), "both connected");
        return pair;
    }

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
    public async Task A_stream_stays_short_whatever_waits_for_it_and_takes_no_large_messages()
    {
        var server = await RedisServer.SharedAsync();
        var prefix = $"test:{Guid.NewGuid():N}:";
        await using var bus = Open(server, prefix);
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{server.Host}:{server.Port}");
        var database = redis.GetDatabase();
        RedisKey key = prefix + Topics.Events;
        // Somebody's group that took entries and died before it acknowledged them.
        bus.Publish(Topics.Events, Messages(10));
        await AddedAsync(10);
        await database.StreamCreateConsumerGroupAsync(key, "dead", "0-0");
        Assert.Equal(10, (await database.StreamReadGroupAsync(key, "dead", "nobody", ">")).Length);

        bus.Publish(Topics.Events, [new Message(Guid.NewGuid(), new byte[RedisBus.LargestMessage + 1])]);
        var sent = 10;
        while (sent < RedisBus.StreamLength + 5_000)
        {
            bus.Publish(Topics.Events, Messages(5_000));
            sent += 5_000;
            await AddedAsync(sent);
        }

        Assert.Equal(1, bus.Dropped);
        // Redis cuts whole nodes of a hundred entries.
        Assert.InRange(await database.StreamLengthAsync(key), RedisBus.StreamLength, RedisBus.StreamLength + 200);
        await database.KeyDeleteAsync(key);

        Task AddedAsync(long count) => Eventually.TrueAsync("writing", key.ToString(), async () => await database.KeyExistsAsync(key) && (long)(await database.ExecuteAsync("XINFO", "STREAM", key)).ToDictionary()["entries-added"] == count, $"{count} entries");
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
            await FlowingAsync(pair, subscription);
        }
        await Eventually.TrueAsync("losing", "Redis", () => Task.FromResult(!pair.There.ReachesOthers && !pair.Here.ReachesOthers), "both know");

        using var second = await RedisServer.StartAsync(port);
        await Eventually.TrueAsync("coming back", "Redis", () => Task.FromResult(pair.There.ReachesOthers && pair.Here.ReachesOthers), "both connected");
        using var again = await ListenAsync(pair.There);
        await FlowingAsync(pair, again);
        await pair.DisposeAsync();
    }

    [Fact]
    public async Task A_fault_that_nobody_thought_of_does_not_end_it()
    {
        var server = await RedisServer.SharedAsync();
        var prefix = $"test:{Guid.NewGuid():N}:";
        // Without an end point connecting fails by an argument, and not as it does when Redis is away.
        var options = new ConfigurationOptions { AbortOnConnectFail = false, BacklogPolicy = BacklogPolicy.FailFast };
        var bus = new RedisBus(options, TimeProvider.System, NullLogger<RedisBus>.Instance, prefix);
        await using var pair = new BusPair(bus, Open(server, prefix));
        await bus.StartAsync(CancellationToken.None);
        bus.Publish(Topics.Events, Messages(1));
        await Eventually.TrueAsync("failing", "Redis", () => Task.FromResult(bus.Dropped == 1), "one message dropped");
        options.EndPoints.Add(server.Host, server.Port);

        using var there = await ListenAsync(pair.There);
        await FlowingAsync(pair, there);
        using var here = await ListenAsync(bus);
        await FlowingAsync(new BusPair(pair.There, bus), here);
    }

    [Fact]
    public async Task When_Sentinel_makes_a_replica_the_master_messages_flow_again()
    {
        using var first = await RedisServer.StartAsync(null, "--requirepass", "secret", "--masterauth", "secret");
        using var second = await RedisServer.StartAsync(null, "--requirepass", "secret", "--masterauth", "secret", "--replicaof", first.Host, $"{first.Port}");
        await Eventually.TrueAsync("replication", "replica", async () => (await SaysAsync(second, "INFO replication")).Contains("master_link_status:up", StringComparison.Ordinal), "linked");
        using var sentinel = await RedisServer.SentinelAsync("main", first, "secret");
        await Eventually.TrueAsync("discovery", "Sentinel", async () => (await SaysAsync(sentinel, "SENTINEL replicas main", null)).Contains($"{second.Port}", StringComparison.Ordinal), "it knows the replica");
        var url = $"redis+sentinel://:secret@{sentinel.Host}:{sentinel.Port}/main/0";
        await using var pair = new BusPair(Open(url), Open(url));
        using var subscription = await ListenAsync(pair.There);
        await FlowingAsync(pair, subscription);

        await first.KillAsync();

        // By way of the new master.
        while (subscription.TryRead(out _)) { }
        await FlowingAsync(pair, subscription);
    }

    [Fact]
    public async Task A_user_a_password_TLS_and_a_database_number_are_respected()
    {
        using var files = await TlsFiles.CreateAsync();
        var tls = RedisServer.FreePort();
        using var server = await RedisServer.StartAsync(
            null, "--requirepass", "other", "--user", "reeve", "on", ">p@ss", "~*", "&*", "+@all", "--tls-port", $"{tls}", "--tls-cert-file", files.Certificate, "--tls-key-file", files.Key,
            "--tls-ca-cert-file", files.Authority, "--tls-auth-clients", "no");
        var query = $"?ssl_ca_certs={Uri.EscapeDataString(files.Authority)}";
        await using var pair = new BusPair(Open($"rediss://reeve:p%40ss@localhost:{tls}/3{query}"), Open($"redis://reeve:p%40ss@{server.Host}:{server.Port}/3"));
        using var subscription = await ListenAsync(pair.There);
        await FlowingAsync(pair, subscription);
        Assert.Contains("db3:", await SaysAsync(server, "INFO keyspace", "other"), StringComparison.Ordinal);

        // A certificate that nobody vouches for, and a wrong password, are no connections.
        foreach (var url in (string[])[$"rediss://reeve:p%40ss@localhost:{tls}/3", $"redis://reeve:wrong@{server.Host}:{server.Port}/3"])
        {
            await using var bus = Open(url);
            using var own = bus.Subscribe(Topics.Events, 10, static () => { });
            bus.Publish(Topics.Events, Messages(1));
            await Eventually.TrueAsync("connecting", url, () => Task.FromResult(bus.Dropped == 1), "a message that did not get out");
            Assert.False(bus.ReachesOthers);
        }
    }

    [Theory]
    [InlineData("redis://user:p%40ss@example.org:7000/3", "example.org:7000", 3, "user", "p@ss", false)]
    [InlineData("rediss://example.org", "example.org:6379", 0, null, null, true)]
    [InlineData("redis://:secret@[::1]:7000?db=4", "[::1]:7000", 4, null, "secret", false)]
    public void A_URL_wins_over_the_parts(string url, string endPoint, int database, string? user, string? password, bool tls)
    {
        var options = RedisConnection.Options(Settings(url));

        Assert.Equal((endPoint, database, user, password, tls), (
            options.EndPoints.Single().ToString()!.Replace("Unspecified/", "", StringComparison.Ordinal), options.DefaultDatabase, options.User, options.Password, options.Ssl));
        Assert.False(options.AbortOnConnectFail);
    }

    [Fact]
    public void A_URL_of_Sentinels_names_them_and_whom_to_ask_for()
    {
        var options = RedisConnection.Options(Settings("rediss+sentinel://u:p@one,two:26380/main/2"));

        Assert.Equal(["one:26379", "two:26380"], options.EndPoints.Select(static each => each.ToString()!.Replace("Unspecified/", "", StringComparison.Ordinal)));
        Assert.Equal(("main", 2, "u", "p", true), (options.ServiceName, options.DefaultDatabase, options.User, options.Password, options.Ssl));
    }

    [Theory]
    [InlineData("http://example.org", "redis://")]
    [InlineData("redis+cluster://example.org", "cluster")]
    [InlineData("redis+sentinel://example.org", "whom to ask")]
    [InlineData("redis://example.org:port/0", "port")]
    [InlineData("redis://example.org/zero", "'zero'")]
    public void A_URL_of_something_else_is_refused(string url, string problem) =>
        Assert.Contains(problem, Assert.Throws<ArgumentException>(() => RedisConnection.Options(Settings(url))).Message, StringComparison.Ordinal);

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

    private static RedisBus Open(string url)
    {
        var options = RedisConnection.Options(Settings(url));
        options.ReconnectRetryPolicy = new LinearRetry(100);
        var bus = new RedisBus(options, TimeProvider.System, NullLogger<RedisBus>.Instance);
        _ = bus.StartAsync(CancellationToken.None);
        return bus;
    }

    private static Task FlowingAsync(BusPair pair, MessageSubscription subscription) => Eventually.TrueAsync("flowing", "messages", () =>
    {
        pair.Here.Publish(Topics.Events, Messages(1));
        return Task.FromResult(subscription.TryRead(out _));
    }, "a message");

    private static async Task<string> SaysAsync(RedisServer server, string command, string? password = "secret")
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { { server.Host, server.Port } }, AllowAdmin = true, Password = password, CommandMap = command.StartsWith("SENTINEL", StringComparison.Ordinal) ? CommandMap.Sentinel : CommandMap.Default,
        });
        var words = command.Split(' ');
        return Text(await redis.GetServer(server.Host, server.Port).ExecuteAsync(words[0], words[1..]));
    }

    private static string Text(RedisResult result) => result.Resp2Type == ResultType.Array ? string.Join(' ', ((RedisResult[])result!).Select(Text)) : result.ToString();

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
