namespace Reeve.EndToEnd.Tests;

/// <summary>A server without a worker, for tests that type commands.</summary>
public sealed class ServerWithPool : IAsyncLifetime
{
    internal ReeveHome Home { get; } = new();

    public async ValueTask InitializeAsync() => await Home.StartServerAsync("--no-services");

    public ValueTask DisposeAsync() => Home.DisposeAsync();
}
