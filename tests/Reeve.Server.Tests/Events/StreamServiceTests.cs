using Microsoft.Extensions.DependencyInjection;
using Reeve.Contract.Events;
using Reeve.Data;
using Reeve.Server.Events.Streams;
using Reeve.Server.Messaging;
using Reeve.Server.Streams;
using Reeve.Testing;

namespace Reeve.Server.Tests.Events;

/// <summary>What readers are offered, pass by pass.</summary>
public sealed class StreamServiceTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_reader_that_comes_after_all_had_left_within_a_pass_is_not_offered_what_was_stored_before(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var db = server.Server.Services.GetRequiredService<Db>();
        var service = Service(server);
        var left = await service.OpenAsync(static _ => true, default);
        await Told.StoreAsync(server, Guid.NewGuid(), 1);
        // It leaves while what is stored is being read.
        db.OnStep = step =>
        {
            if (step.Statement?.Contains("from events e", StringComparison.Ordinal) == true) left.Dispose();
        };
        await service.RunOnceAsync(default);
        db.OnStep = null;
        Assert.Equal(0, service.Readers);

        await Told.StoreAsync(server, Guid.NewGuid(), 100);
        using var reader = await service.OpenAsync(static _ => true, default);
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        await service.RunOnceAsync(default);
        Assert.False(reader.TryRead(out _));

        var later = Guid.NewGuid();
        await Told.StoreAsync(server, later, 101);
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        await service.RunOnceAsync(default);
        Assert.True(reader.TryRead(out var item));
        Assert.Equal(later, item.Id);
    }

    [Fact]
    public async Task Nobody_waits_for_items_of_a_reader_that_was_closed()
    {
        var reader = new StreamReader<ReceivedEvent>(static _ => true, static _ => { });
        var waiting = reader.WaitAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);

        reader.Dispose();

        Assert.False(await Eventually.WithinAsync(waiting, "closing", "reader", "the end"));
    }

    private static Distributor Service(TestServer server) => new(
        server.Server.Services.GetRequiredService<Db>(), new InProcessBus(), server.Server.Services.GetRequiredService<StreamMeters>(), server.Clock);
}
