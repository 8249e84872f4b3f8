using Reeve.Server.Messaging;
using Reeve.Testing;

namespace Reeve.Server.Tests.Messaging;

/// <summary>What every engine does. <see cref="OpenAsync"/> gives two ends of it: one process, or two where the engine spans them.</summary>
public abstract class MessageBusContract
{
    private protected abstract Task<BusPair> OpenAsync();

    [Fact]
    public async Task Every_subscriber_gets_every_message_in_order()
    {
        await using var pair = await OpenAsync();
        using var one = await ListenAsync(pair.There);
        using var other = await ListenAsync(pair.There);
        var messages = Messages(300);

        foreach (var chunk in messages.Chunk(7)) pair.Here.Publish(Topics.Events, chunk);

        Assert.Equal(messages.Select(static each => each.Id), await ReadAsync(one, 300));
        Assert.Equal(messages.Select(static each => each.Id), await ReadAsync(other, 300));
    }

    [Fact]
    public async Task Topics_are_apart_and_the_bytes_arrive_as_they_are()
    {
        await using var pair = await OpenAsync();
        using var logs = await ListenAsync(pair.There, Topics.Logs);
        using var events = await ListenAsync(pair.There);
        var log = new Message(Guid.NewGuid(), new byte[] { 0, 1, 255, 13, 10 });

        pair.Here.Publish(Topics.Events, Messages(5));
        pair.Here.Publish(Topics.Logs, [log]);

        var read = await ReadOneAsync(logs);
        Assert.Equal(log.Id, read.Id);
        Assert.Equal(log.Json.ToArray(), read.Json.ToArray());
        Assert.Equal(5, (await ReadAsync(events, 5)).Count);
    }

    [Fact]
    public async Task A_full_subscription_drops_and_counts_and_others_do_not_suffer()
    {
        await using var pair = await OpenAsync();
        using var full = await ListenAsync(pair.There, capacity: 10);
        using var roomy = await ListenAsync(pair.There);
        var messages = Messages(50);

        pair.Here.Publish(Topics.Events, messages);

        Assert.Equal(50, (await ReadAsync(roomy, 50)).Count);
        Assert.Equal(40, full.Dropped);
        Assert.Equal(messages.Take(10).Select(static each => each.Id), await ReadAsync(full, 10));
    }

    [Fact]
    public async Task Who_has_left_gets_nothing_and_who_comes_later_gets_only_what_follows()
    {
        await using var pair = await OpenAsync();
        var left = await ListenAsync(pair.There);
        using var first = await ListenAsync(pair.There);
        left.Dispose();
        pair.Here.Publish(Topics.Events, Messages(3));
        await ReadAsync(first, 3);

        using var late = await ListenAsync(pair.There);
        var after = Messages(1);
        pair.Here.Publish(Topics.Events, after);

        Assert.Equal([after[0].Id], await ReadAsync(late, 1));
        Assert.False(left.TryRead(out _));
    }

    private protected static List<Message> Messages(int count) =>
        [.. Enumerable.Range(0, count).Select(static i => new Message(Guid.NewGuid(), System.Text.Encoding.UTF8.GetBytes($$"""{"n":{{i}}}""")))];

    private protected virtual Task<MessageSubscription> ListenAsync(IMessageBus bus, string topic = Topics.Events, int capacity = 1000) =>
        Task.FromResult(bus.Subscribe(topic, capacity, static () => { }));

    private protected static async Task<Message> ReadOneAsync(MessageSubscription subscription)
    {
        Message message = default;
        await Eventually.TrueAsync("reading", "subscription", () => Task.FromResult(subscription.TryRead(out message)), "a message");
        return message;
    }

    private protected static async Task<List<Guid>> ReadAsync(MessageSubscription subscription, int count)
    {
        var ids = new List<Guid>();
        while (ids.Count < count) ids.Add((await ReadOneAsync(subscription)).Id);
        return ids;
    }
}
