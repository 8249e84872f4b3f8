using Reeve.Server.Messaging;

namespace Reeve.Server.Tests.Messaging;

internal sealed record BusPair(IMessageBus Here, IMessageBus There) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        if (Here is IAsyncDisposable here) await here.DisposeAsync();
        if (There is IAsyncDisposable there && !ReferenceEquals(Here, There)) await there.DisposeAsync();
    }
}
