namespace Reeve.Server.Messaging;

/// <summary>The engine of a single server: queues in memory. Other processes find what they miss in the database.</summary>
internal sealed class InProcessBus : IMessageBus
{
    private readonly LocalSubscribers _local = new();

    public bool ReachesOthers => false;

    public bool IsWanted(string topic) => _local.Any(topic);

    public void Publish(string topic, IReadOnlyList<Message> messages) => _local.Deliver(topic, messages);

    public MessageSubscription Subscribe(string topic, int capacity, Action arrived) => _local.Add(topic, capacity, arrived);
}
