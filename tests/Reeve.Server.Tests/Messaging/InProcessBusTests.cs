using Reeve.Server.Messaging;

namespace Reeve.Server.Tests.Messaging;

public sealed class InProcessBusTests : MessageBusContract
{
    private protected override Task<BusPair> OpenAsync()
    {
        var bus = new InProcessBus();
        return Task.FromResult(new BusPair(bus, bus));
    }

    [Fact]
    public void Without_a_subscriber_nothing_is_wanted()
    {
        var bus = new InProcessBus();
        Assert.False(bus.IsWanted(Topics.Events));
        using (bus.Subscribe(Topics.Events, 1, static () => { })) Assert.True(bus.IsWanted(Topics.Events));
        Assert.False(bus.IsWanted(Topics.Events));
    }

    [Fact]
    public void What_waits_is_bounded_in_bytes_too()
    {
        var bus = new InProcessBus();
        using var subscription = bus.Subscribe(Topics.Events, 1000, static () => { });
        var large = new byte[MessageSubscription.MostBytes / 4];
        void Publish() => bus.Publish(Topics.Events, [new Message(Guid.NewGuid(), large)]);
        for (var i = 0; i < 6; i++) Publish();
        Assert.Equal(2, subscription.Dropped);

        // What is taken makes room.
        Assert.True(subscription.TryRead(out _));
        Publish();
        Publish();

        Assert.Equal(3, subscription.Dropped);
    }
}
