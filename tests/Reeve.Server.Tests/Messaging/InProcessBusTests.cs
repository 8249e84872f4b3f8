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
}
