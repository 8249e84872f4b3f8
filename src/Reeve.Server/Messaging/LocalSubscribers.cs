using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Reeve.Server.Messaging;

/// <summary>The subscriptions of this process, by topic.</summary>
internal sealed class LocalSubscribers
{
    private readonly ConcurrentDictionary<string, ImmutableArray<MessageSubscription>> _topics = new();

    public bool Any(string topic) => _topics.TryGetValue(topic, out var subscriptions) && subscriptions.Length > 0;

    public MessageSubscription Add(string topic, int capacity, Action arrived)
    {
        var subscription = new MessageSubscription(
            capacity, arrived, ended => _topics.AddOrUpdate(topic, static _ => [], (_, known) => known.Remove(ended)));
        _topics.AddOrUpdate(topic, _ => [subscription], (_, known) => known.Add(subscription));
        return subscription;
    }

    public void Deliver(string topic, IReadOnlyList<Message> messages)
    {
        if (messages.Count == 0 || !_topics.TryGetValue(topic, out var subscriptions)) return;
        foreach (var subscription in subscriptions) subscription.Add(messages);
    }
}
