namespace Reeve.Server.Events;

/// <summary>The consumers of this process, in the order they see an event, with what each has done.</summary>
internal sealed class EventConsumers(IEnumerable<IEventConsumer> consumers)
{
    /// <summary>Those that the settings want.</summary>
    public IReadOnlyList<ConsumerHealth> Enabled { get; } =
        [.. consumers.Where(static consumer => consumer.IsEnabled).Select(static consumer => new ConsumerHealth(consumer))];

    public ConsumerHealth? Find(string name) => Enabled.FirstOrDefault(each => each.Consumer.Name == name);
}
